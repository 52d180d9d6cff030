"""Situations that tests of records begin from."""

from datetime import UTC, datetime

from dayu.core.files import store_bytes
from dayu.records import services
from dayu.records.facts import GivenFile, PreservedThing, Proceedings

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
CASE = "cases.case:1"


def a_file(text="白鹿河现场照片", name="现场.jpg", **more):
    return GivenFile(store_bytes(text.encode(), media_type="image/jpeg"), name, **more)


def take(county, **more):
    values = {
        "kind": "document",
        "name": "采砂作业日记",
        "source": "当事人提交",
        "taken_at": NOON,
        "takers": [county.people["officer"], county.people["second_officer"]],
        "files": [a_file()],
        "place": "白鹿河龙尾段",
    } | more
    actor = values.pop("actor", county.officer)
    moment = values.pop("moment", NOON)
    return services.add_evidence(values.pop("subject", CASE), actor=actor, moment=moment, **values)


def check(item, actor, *, passed=True, remark="", moment=NOON):
    return services.check_evidence(
        item, actor=actor, moment=moment, is_true=passed, is_lawful=True, is_relevant=True, remark=remark
    )


def written(county, **more):
    values = {
        "kind": "interview_record",
        "place": "龙尾乡政府",
        "started_at": datetime(2026, 11, 17, 2, 0, tzinfo=UTC),
        "ended_at": datetime(2026, 11, 17, 3, 0, tzinfo=UTC),
        "officers": [(county.people["officer"], "asks"), (county.people["second_officer"], "writes")],
        "examined_name": "张某",
        "certificates_shown": True,
        "rights_told": True,
        "officers_signed": True,
        "text": "问：何时开始采砂？答：十月。",
        "pages": 2,
    } | more
    return Proceedings(**values)


def proposed(county, **more):
    values = {
        "holder_name": "张某",
        "reason": "采砂船可能驶离，证据可能灭失",
        "place": "白鹿河龙尾段",
        "officers": [county.people["officer"], county.people["second_officer"]],
        "things": [PreservedThing("采砂船", "1艘", "钢质，无船名"), PreservedThing("吸砂泵", "2台")],
    } | more
    return services.propose_preservation(CASE, actor=county.officer, moment=NOON, **values)


def preserved(county, *, moment=NOON):
    preservation = proposed(county)
    services.approve_preservation(preservation, actor=county.head, moment=moment)
    return services.preserve_evidence(preservation, actor=county.officer, moment=moment)

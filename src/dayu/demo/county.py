"""The invented county: territories, its water bureau, everybody in it, made through the actions an administrator uses.

沧宁省 (990000) / 苍阳市 (990100) / 泽川县 (990121) with townships, and 云泽县 (990122) next door. Every name is invented.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from dayu.core.actors import SYSTEM
from dayu.core.territories import Territory
from dayu.org import services
from dayu.org.models import Agency, OrgUnit, Person
from dayu.powers.services import adopt_catalogue

MOMENT = datetime(2019, 1, 2, 1, 0, tzinfo=UTC)
SINCE = date(2014, 1, 1)
LISTED_AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)  # the list of powers covers all law in force by then
RENAMED_ON = date(2019, 3, 1)
CERTIFIED_FROM, CERTIFIED_UNTIL = date(2014, 1, 1), date(2029, 12, 31)
PASSWORD = "clear-river-2026"  # noqa: S105 - invented; shown on the sign-in page of a demonstration
BUREAU, NEIGHBOUR, CITY_BUREAU = "泽水", "云水", "苍水"

TERRITORIES = [
    ("000000", "全国", "nation", ""),
    ("990000", "沧宁省", "province", "000000"),
    ("990100", "苍阳市", "city", "990000"),
    ("990121", "泽川县", "county", "990100"),
    ("990121100", "白鹿镇", "township", "990121"),
    ("990121101", "龙尾乡", "township", "990121"),
    ("990121102", "青石镇", "township", "990121"),
    ("990122", "云泽县", "county", "990100"),
    ("990122100", "柳林镇", "township", "990122"),
]

UNITS = [
    ("brigade", "水政监察大队", True),
    ("legal", "政策法规股", False),
    ("finance", "财务股", False),
    ("soil", "水土保持股", True),
    ("chief_office", "河长制办公室", False),
    ("general", "办公室", False),
]

# user name, name, unit, title, posts, whether certified
PEOPLE = [
    ("officer", "陆河清", "brigade", "执法队员", ("handler",), True),
    ("second_officer", "沈砚秋", "brigade", "执法队员", ("handler",), True),
    ("third_officer", "骆知水", "brigade", "执法队员", ("handler",), True),
    ("unit_head", "顾长川", "brigade", "大队长", ("unit_head",), True),
    ("head", "韩立言", "general", "局长", ("agency_head",), False),
    ("deputy_head", "白景和", "general", "副局长", ("deputy_head",), False),
    ("reviewer", "宋知衡", "legal", "法制审核员", ("legal_reviewer",), False),
    ("review_head", "纪南星", "legal", "股长", ("review_head",), False),
    ("presider", "温如故", "legal", "听证主持人", ("hearing_presider",), False),
    ("archivist", "简书宁", "general", "档案员", ("archivist",), False),
    ("disclosure_officer", "方明朗", "general", "公示员", ("disclosure_officer",), False),
    ("fine_clerk", "钱守一", "finance", "会计", ("fine_clerk",), False),
    ("registrar", "何晓渡", "general", "值班员", ("registrar",), False),
    ("administrator", "管于成", "general", "管理员", ("administrator",), False),
    ("soil_officer", "田归雁", "soil", "执法队员", ("handler",), True),
]


def make_county() -> Agency:
    """The water bureau of the invented county; a second call finds what is there."""
    found = Agency.objects.filter(sign=BUREAU).first()
    return found or _build()


def _build() -> Agency:
    places: dict[str, Territory] = {}
    for code, name, level, parent in TERRITORIES:
        places[code] = services.register_territory(
            places.get(parent), actor=SYSTEM, moment=MOMENT, code=code, name=name, level=level
        )
    city = _agency("苍阳市水利局", places["990100"], sign="苍水")
    county_government = _agency("泽川县人民政府", places["990121"], kind="government")
    bureau = _agency("泽川县水务局", places["990121"], sign="泽水", parents=(city, county_government))
    services.rename_agency(
        bureau, actor=SYSTEM, moment=MOMENT, name="泽川县水利局", valid_from=RENAMED_ON, basis="县机构改革方案"
    )
    neighbour = _agency("云泽县水利局", places["990122"], sign="云水", parents=(city, None))
    for agency in (bureau, neighbour):
        services.register_subject(
            agency,
            actor=SYSTEM,
            moment=MOMENT,
            kind="statutory",
            basis="水法第十二条",
            valid_from=SINCE,
            printed_name=agency.name,
        )
    units = {
        key: services.add_unit(
            bureau,
            actor=SYSTEM,
            moment=MOMENT,
            name=name,
            has_enforcement_power=power,
            enforcement_basis="三定规定" if power else "",
            valid_from=SINCE,
        )
        for key, name, power in UNITS
    }
    adopt_catalogue(
        bureau, actor=SYSTEM, moment=LISTED_AT, valid_from=SINCE, units=[units["brigade"], units["soil"]]
    )
    for number, row in enumerate(PEOPLE, start=1):
        _person(bureau, units, number, *row)
    supervisor = _somebody(city, None, "supervisor", "崔鉴之", "执法监督科长")
    _appoint(supervisor, "supervisor")
    far_unit = services.add_unit(
        neighbour,
        actor=SYSTEM,
        moment=MOMENT,
        name="水政监察大队",
        has_enforcement_power=True,
        enforcement_basis="三定规定",
        valid_from=SINCE,
    )
    stranger = _somebody(neighbour, far_unit, "stranger", "邹远山", "执法队员")
    for key in ("handler", "unit_head", "agency_head", "legal_reviewer", "disclosure_officer"):
        _appoint(stranger, key)
    return bureau


def _agency(
    name: str,
    territory: Territory,
    *,
    kind: str = "water_authority",
    sign: str = "",
    parents: tuple[Agency | None, Agency | None] = (None, None),
) -> Agency:
    return services.register_agency(
        None,
        actor=SYSTEM,
        moment=MOMENT,
        name=name,
        kind=kind,
        territory=territory,
        sign=sign,
        address=f"{territory.name}河滨路1号",
        phone="0000-1234567",
        business_parent=parents[0],
        administrative_parent=parents[1],
        valid_from=SINCE,
    )


def _somebody(
    agency: Agency, unit: OrgUnit | None, username: str, name: str, title: str, *, staff_no: str = ""
) -> Person:
    return services.register_person(
        agency,
        actor=SYSTEM,
        moment=MOMENT,
        name=name,
        unit=unit,
        username=username,
        password=PASSWORD,
        staff_no=staff_no,
        title=title,
        joined_on=SINCE,
    )


def _appoint(person: Person, key: str, unit: OrgUnit | None = None) -> None:
    services.appoint_to_post(person, actor=SYSTEM, moment=MOMENT, key=key, valid_from=SINCE, unit=unit)


def _person(
    bureau: Agency,
    units: dict[str, OrgUnit],
    number: int,
    username: str,
    name: str,
    unit: str,
    title: str,
    posts: tuple[str, ...],
    certified: bool,
) -> None:
    person = _somebody(bureau, units[unit], username, name, title, staff_no=f"Z{number:03}")
    for key in posts:
        _appoint(person, key)
    if certified:
        services.issue_certificate(
            person,
            actor=SYSTEM,
            moment=MOMENT,
            number=f"99012100{number:03}",
            issuing_authority="沧宁省人民政府",
            issued_in=Territory(code="990000"),
            region=Territory(code="990121"),
            valid_from=CERTIFIED_FROM,
            valid_until=CERTIFIED_UNTIL,
        )
    if username in ("reviewer", "review_head"):
        services.record_qualification(
            person, actor=SYSTEM, moment=MOMENT, kind="legal_profession", number=f"A{number:03}", valid_from=SINCE
        )



import pytest

from dayu.disclosure.masking import NOT_PUBLIC, Private, left_over, mask_fields, mask_name, mask_text

NOBODY = Private()


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张某"),
        ("李小河", "李某"),
        ("欧阳锋", "欧阳某"),
        ("欧阳", "欧某"),
        ("阿依古丽·买买提", "阿某"),
        ("", ""),
    ],
)
def test_a_name_becomes_the_surname_and_mou(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "text",
    [
        "身份证号990121198001010016",
        "身份证号 99012119800101001X，",
        "证号990121 19800101 0016",
        "老证990121800101001",
        "电话13800138000",
        "电话138-0013-8000",
        "座机0000-1234567",
        "座机（0000）1234567",
        "账号6222 0212 3456 7890 123",
        "邮箱someone@example.cn",
    ],
)
def test_numbers_that_lead_to_a_person_leave_the_text(text):
    masked = mask_text(text, NOBODY)
    assert masked.taken and left_over(masked.text, NOBODY) == ()
    assert left_over(text, NOBODY) != ()


@pytest.mark.parametrize(
    "text",
    [
        "罚款人民币贰万元（20000元）",
        "泽水罚决〔2026〕12号",
        "2026年3月2日14时05分",
        "采砂2400立方米",
        "执法证号99012100001",
    ],
)
def test_amounts_numbers_of_papers_and_days_stay(text):
    assert mask_text(text, NOBODY).text == text and left_over(text, NOBODY) == ()


def test_the_longest_name_goes_first_so_that_no_part_of_a_name_stays():
    private = Private(names=("张三", "张三丰"))
    assert mask_text("张三丰与张三在场", private).text == "张某与张某在场"


def test_what_is_public_stays_although_it_looks_like_an_identity_number():
    uscc = "123456789012345678"
    private = Private(allowed=(uscc, "0000-7654321"))
    assert mask_text(f"统一社会信用代码{uscc}，电话0000-7654321", private).taken == {}


def test_fields_of_a_document_lose_what_is_private_at_every_depth():
    private = Private(names=("张三",), addresses=("白鹿镇河滨路1号",), natural_party=True)
    fields = {
        "party_name": "张三",
        "party_address": "白鹿镇河滨路1号",
        "person_id_no": "990121198001010016",
        "person_gender": "男",
        "facts": "张三住白鹿镇河滨路1号，电话13800138000，在河道内采砂。",
        "evidence": ["张三询问笔录", {"phone": "13800138000", "text": "张三签名"}],
        "fine_yuan": 20000,
    }
    shown, taken = mask_fields(fields, private)
    assert shown["party_name"] == "张某" and shown["party_address"] == NOT_PUBLIC and shown["fine_yuan"] == 20000
    assert "person_id_no" not in shown and "person_gender" not in shown
    assert left_over(str(shown), private) == ()
    assert taken["name"] >= 3 and taken["address"] >= 1


def test_a_name_that_a_line_break_cuts_in_two_is_still_found():
    private = Private(names=("张三丰",))
    assert left_over("当事人张\n三丰采砂", private) == ("name",)
    assert left_over("号码990121\n198001010016", NOBODY) != ()


def test_an_address_of_an_organisation_stays():
    shown, _taken = mask_fields({"party_address": "泽川县工业园1号"}, Private())
    assert shown["party_address"] == "泽川县工业园1号"

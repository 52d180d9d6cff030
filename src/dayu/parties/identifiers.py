"""Identity numbers of persons and organisations, checked by their own check characters; and how they are covered."""

from __future__ import annotations

import re
from datetime import date

ID_CARD, USCC, OTHER = "id_card", "uscc", "other"
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
COVER = "*"


def tidy(value: str) -> str:
    """As it is stored: no spaces, capital letters, ordinary digits."""
    wide = str.maketrans("０１２３４５６７８９", "0123456789")
    return re.sub(r"\s", "", value).upper().translate(wide)


def uscc_is_valid(value: str) -> bool:
    """统一社会信用代码, 18 signs, the last one computed from the others (GB 32100)."""
    if len(value) != 18 or any(sign not in _USCC_SIGNS for sign in value):
        return False
    total = sum(_USCC_SIGNS.index(sign) * weight for sign, weight in zip(value, _USCC_WEIGHTS, strict=False))
    return _USCC_SIGNS[(31 - total % 31) % 31] == value[17]


def id_card_is_valid(value: str, *, today: date) -> bool:
    """公民身份号码, 18 signs with a possible birthday and the right check character (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", value):
        return False
    born = birthday_of(value)
    if born is None or born > today or born.year < 1880:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == value[17]


def birthday_of(id_card: str) -> date | None:
    """The birthday that an ID number holds."""
    try:
        return date(int(id_card[6:10]), int(id_card[10:12]), int(id_card[12:14]))
    except ValueError:
        return None


def is_valid(kind: str, value: str, *, today: date) -> bool:
    """Whether a number of a kind can be right; kinds without a check are only asked to be there."""
    if kind == USCC:
        return uscc_is_valid(value)
    if kind == ID_CARD:
        return id_card_is_valid(value, today=today)
    return bool(value)


def covered_name(name: str) -> str:
    """张三丰 becomes 张**."""
    return name[:1] + COVER * (len(name) - 1)


def covered_number(value: str) -> str:
    """Only the last four signs stay."""
    return COVER * max(0, len(value) - 4) + value[-4:] if len(value) > 4 else COVER * len(value)


def covered_phone(value: str) -> str:
    """139****0000."""
    return value[:3] + COVER * 4 + value[-4:] if len(value) >= 11 else covered_number(value)


def covered_address(value: str) -> str:
    """The first six characters (the place, not the house) stay."""
    return value[:6] + COVER * 4 if value else ""

"""What is shown instead of a person (domain.md §4.3)."""


def name(value: str) -> str:
    """The surname's first character: 张*, 张**."""
    return value[:1] + "*" * min(max(len(value) - 1, 1), 2) if value else ""


def phone(value: str) -> str:
    """138****5678; a short number keeps its last two digits."""
    digits = digits_of(value)
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def id_number(value: str) -> str:
    """First and last character."""
    plain = normal_id(value)
    return f"{plain[0]}{'*' * (len(plain) - 2)}{plain[-1]}" if len(plain) > 2 else "*" * len(plain)


def digits_of(value: str) -> str:
    """A phone number as it is compared: digits only."""
    return "".join(filter(str.isdigit, value))


def normal_id(value: str) -> str:
    """An ID number as it is compared: no blanks, upper case."""
    return "".join(value.split()).upper()

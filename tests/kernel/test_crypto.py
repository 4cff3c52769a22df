"""SM4-GCM, SM3 and what a ciphertext is bound to; expected values are the standards' own."""

from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bancheng.kernel import crypto
from bancheng.kernel.crypto import CannotOpen, HallKeys

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
PLACE: dict[str, Any] = {"table": "cases_applicant", "column": "phone", "row": "r1"}


def keys(schema_name: str = "h_binhe") -> HallKeys:
    return HallKeys(schema_name, data=KEY, index=b"i" * 32, audit=b"a" * 32)


def sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def test_the_block_cipher_is_that_of_gb_t_32907() -> None:
    """GB/T 32907-2016, appendix A, example 1."""
    encryptor = Cipher(algorithms.SM4(KEY), modes.ECB()).encryptor()

    assert encryptor.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_the_hash_is_that_of_gb_t_32905() -> None:
    """GB/T 32905-2016, appendix A, example 1."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_published_sm4_gcm_message_opens() -> None:
    """RFC 8998, appendix A.1."""
    nonce = bytes.fromhex("00001234567800000000ABCD")
    ciphertext = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    tag = bytes.fromhex("83DE3541E4C2B58177E065A9BF7B62EC")
    bound_to = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")

    plain = crypto.open_sealed(KEY, b"\x01" + nonce + ciphertext + tag, bound_to)

    letters = "AAAAAAAA BBBBBBBB CCCCCCCC DDDDDDDD EEEEEEEE FFFFFFFF EEEEEEEE AAAAAAAA"
    assert plain.hex().upper() == "".join(word * 2 for word in letters.split())


def test_the_mac_is_hmac_over_length_prefixed_parts() -> None:
    """RFC 2104 written out: H(K ^ opad, H(K ^ ipad, text)) with SM3's 64-byte block."""
    key = b"k" * 32
    text = (2).to_bytes(8, "big") + b"ab" + (1).to_bytes(8, "big") + b"c"
    padded = key + b"\0" * 32
    inner = sm3(bytes(byte ^ 0x36 for byte in padded) + text)
    expected = sm3(bytes(byte ^ 0x5C for byte in padded) + inner)

    assert crypto.mac(key, b"ab", b"c") == expected


def test_parts_cannot_be_shifted_into_each_other() -> None:
    assert crypto.mac(KEY, b"ab", b"c") != crypto.mac(KEY, b"a", b"bc")


@pytest.mark.parametrize("plain", ["13800138000", "", "张三，滨河路 5 号", "𠮷" * 500])
def test_what_was_sealed_opens_in_its_place(plain: str) -> None:
    assert keys().open(keys().seal(plain, **PLACE), **PLACE) == plain


def test_a_sealed_field_says_its_version_and_is_29_bytes_longer() -> None:
    sealed = keys().seal("13800138000", **PLACE)

    assert (sealed[0], len(sealed)) == (1, 11 + 1 + 12 + 16)


def test_the_same_text_is_sealed_differently_every_time() -> None:
    assert len({keys().seal("13800138000", **PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("opener", "place"),
    [
        (keys("h_guzhen"), PLACE),
        (keys(), PLACE | {"table": "cases_case"}),
        (keys(), PLACE | {"column": "id_number"}),
        (keys(), PLACE | {"row": "r2"}),
        (HallKeys("h_binhe", data=b"o" * 16, index=b"", audit=b""), PLACE),
    ],
    ids=["another hall", "another table", "another column", "another row", "another key"],
)
def test_a_moved_ciphertext_does_not_open(opener: HallKeys, place: dict[str, Any]) -> None:
    sealed = keys().seal("13800138000", **PLACE)

    with pytest.raises(CannotOpen):
        opener.open(sealed, **place)


def test_no_single_changed_byte_goes_unnoticed() -> None:
    sealed = keys().seal("138", **PLACE)
    changed = [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))
    ]

    for one in changed:
        with pytest.raises(CannotOpen):
            keys().open(one, **PLACE)


@pytest.mark.parametrize("cut", [0, 1, 28, 31])
def test_a_cut_ciphertext_does_not_open(cut: int) -> None:
    with pytest.raises(CannotOpen):
        keys().open(keys().seal("138", **PLACE)[:cut], **PLACE)


def test_a_blind_index_matches_equal_values_inside_one_hall_only() -> None:
    elsewhere = HallKeys("h_guzhen", data=KEY, index=b"j" * 32, audit=b"")
    index = keys().blind_index("13800138000")

    assert len(index) == 16
    assert index == keys().blind_index("13800138000")
    assert index != keys().blind_index("13800138001")
    assert index != elsewhere.blind_index("13800138000")


def test_keys_do_not_appear_in_what_is_printed() -> None:
    assert repr(keys()) == "HallKeys(schema_name='h_binhe')"

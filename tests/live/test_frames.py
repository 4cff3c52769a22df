"""What a client may say; everything else ends the socket politely (security.md §2.3)."""

import pytest

from bancheng.config.live import frames
from bancheng.config.live.feed import read_hint
from bancheng.config.live.frames import Hello, NotUnderstood, OtherVersion, Ping, Pong, Replay


def test_a_hello_names_topics_with_the_last_number_applied() -> None:
    said = '{"t":"hello","v":1,"epoch":"e","topics":{"desk":418,"case:7":null}}'

    assert frames.read(said) == Hello("e", {"desk": 418, "case:7": None})


def test_the_other_words_of_a_client() -> None:
    assert frames.read('{"t":"replay","topic":"desk","since":4}') == Replay("desk", 4)
    assert frames.read('{"t":"ping","seqs":{"desk":4}}') == Ping()
    assert frames.read('{"t":"pong"}') == Pong()


@pytest.mark.parametrize("version", ["0", "2", '"1"', "null"])
def test_a_client_of_another_version_is_told_to_reload(version: str) -> None:
    with pytest.raises(OtherVersion):
        frames.read(f'{{"t":"hello","v":{version},"topics":{{}}}}')


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "hello",
        "[]",
        "1e999",
        "[" * 60_000,
        '{"a":' * 12_000,
        '{"t":"shout"}',
        '{"t":["hello"]}',
        '{"t":"hello","v":1}',
        '{"t":"hello","v":1,"topics":["desk"]}',
        '{"t":"hello","v":1,"topics":{"desk":"1"}}',
        '{"t":"hello","v":1,"topics":{"desk":true}}',
        '{"t":"hello","v":1,"topics":{"desk":-1}}',
        '{"t":"hello","v":1,"topics":{"desk":9007199254740993}}',
        '{"t":"hello","v":1,"topics":{"":null}}',
        '{"t":"replay","topic":"desk","since":null}',
        '{"t":"replay","topic":7,"since":1}',
    ],
)
def test_what_is_no_frame_is_not_understood(said: str | None) -> None:
    with pytest.raises(NotUnderstood):
        frames.read(said)


def test_a_page_may_not_hear_more_than_32_topics() -> None:
    topics = ",".join(f'"case:{number}":null' for number in range(33))

    with pytest.raises(NotUnderstood):
        frames.read(f'{{"t":"hello","v":1,"topics":{{{topics}}}}}')


def test_a_hint_hands_the_frame_on_as_it_was_serialised() -> None:
    frame = '{"t":"ev","topic":"desk","seq":3,"data":{"note":"\\"frame\\":{}","名":"王"}}'
    hint = f'{{"topic":"desk","seq":3,"frame":{frame}}}'.encode()

    assert read_hint(b"live:h_ab12", hint) == (
        "h_ab12",
        "desk",
        3,
        {"type": "websocket.send", "text": frame},
    )


@pytest.mark.parametrize("hint", [b"", b"{}", b'{"topic":"desk","seq":1}', b'"frame":{}'])
def test_a_hint_that_is_none_is_refused(hint: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_hint(b"live:h_ab12", hint)

"""Makes zh.mp3, en.mp3 and map.json: every word a call needs, one after another in one file.

Needs espeak-ng, sox and its MP3 format (Debian: espeak-ng sox libsox-fmt-mp3). See README.md.
"""

import json
import string
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
GAP = 0.25
RATE = 22050
DIGITS_ZH = "零一二三四五六七八九"
DIGITS_EN = "zero one two three four five six seven eight nine".split()
# Letters are read as in English in both; espeak-ng spells them that way in Chinese text too.
LETTERS = {letter: letter for letter in string.ascii_uppercase}
WORDS = {
    "zh": {f"d{n}": word for n, word in enumerate(DIGITS_ZH)}
    | {"ten": "十", "hundred": "百", "please": "请", "number": "号", "to": "到", "window": "号窗口"}
    | LETTERS,
    "en": {f"d{n}": word for n, word in enumerate(DIGITS_EN)}
    | {"please": "ticket", "to": "please go to window"}
    | LETTERS,
}
VOICE = {"zh": ("cmn", 165), "en": ("en-gb", 150)}


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def clip(language: str, name: str, text: str, folder: Path) -> Path:
    """One word without the silence around it, at an even level."""
    voice, speed = VOICE[language]
    spoken = "en-gb" if name in LETTERS else voice
    raw, trimmed = folder / f"{name}.raw.wav", folder / f"{name}.wav"
    run("espeak-ng", "-v", spoken, "-s", str(speed), "-p", "45", "-w", str(raw), text)
    edge = ("silence", "1", "0.005", "0.4%", "reverse")
    run("sox", str(raw), "-r", str(RATE), "-c", "1", str(trimmed), *edge, *edge,
        "fade", "0.008", "gain", "-n", "-3")
    return trimmed


def sprite(language: str) -> dict[str, list[float]]:
    """Join the words with gaps between; where each begins and how long it is, in seconds."""
    places, at, parts = {}, GAP, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for word, text in WORDS[language].items():
            made = clip(language, word, text, folder)
            length = float(run("soxi", "-D", str(made)))
            padded = folder / f"{word}.padded.wav"
            run("sox", str(made), str(padded), "pad", str(GAP), "0")
            parts.append(str(padded))
            places[word] = [round(at, 3), round(length, 3)]
            at += length + GAP
        run("sox", *parts, "-C", "32.2", str(HERE / f"{language}.mp3"))
    return places


if __name__ == "__main__":
    places = {language: sprite(language) for language in WORDS}
    (HERE / "map.json").write_text(json.dumps(places, indent=1) + "\n", encoding="utf-8")

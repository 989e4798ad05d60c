"""Whether a file is sound, by how it begins and never by its name; and what a browser calls it."""

import re

HEAD = 4096  # as much of a file as is looked at to tell
FILM = re.compile(rb"hdlr.{8}vide|V_(?:VP8|VP9|AV1|MPEG)", re.DOTALL)
OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
MP3_RATES = {
    # kilobits a second by number, for MPEG 1 and for MPEG 2 and 2.5, layer III
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MP3_SAMPLES = {0b11: (44100, 48000, 32000), 0b10: (22050, 24000, 16000), 0b00: (11025, 12000, 8000)}


def media_of(head: bytes) -> str:
    """The media type of a sound file that begins so; "" where it is none that we know."""
    if head[4:8] == b"ftyp":
        return "audio/3gpp" if head[8:11] == b"3gp" else "audio/mp4"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"OggS" and any(mark in head[:128] for mark in OGG_SOUND):
        return "audio/ogg"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:64]:
        return "audio/webm"
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if head[:3] == b"ID3" and len(head) > 10 and head[3] in (2, 3, 4) and max(head[6:10]) < 0x80:
        return "audio/mpeg"
    if _is_mp3_frame(head):
        return "audio/mpeg"
    if len(head) > 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 0xF < 13:
        return "audio/aac"
    return ""


def has_film(part: bytes) -> bool:
    """Whether pictures move in it. A face is more than a voice, and is not taken in."""
    return FILM.search(part) is not None


def _is_mp3_frame(head: bytes) -> bool:
    """Two bytes are soon met by chance, so the next frame must stand where the first one says."""
    length = _frame_length(head)
    return bool(length) and (len(head) <= length + 1 or _frame_length(head[length:]) > 0)


def _frame_length(head: bytes) -> int:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    kind, rate, samples = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if kind not in MP3_SAMPLES or not 0 < rate < 15 or samples == 3:
        return 0
    bits, a_second = MP3_RATES[kind == 0b11][rate] * 1000, MP3_SAMPLES[kind][samples]
    return (144 if kind == 0b11 else 72) * bits // a_second + (head[2] >> 1 & 1)

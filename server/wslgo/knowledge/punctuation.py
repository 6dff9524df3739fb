"""Full-width punctuation that Chinese and Japanese input methods type instead of ASCII (Unicode 15)."""

FULL_WIDTH = {
    "，": ",",
    "、": ",",
    "：": ":",
    "；": ";",
    "“": '"',
    "”": '"',
    "＂": '"',
    "‘": "'",
    "’": "'",
    "｜": "|",
    "＝": "=",
    "＃": "#",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "（": "(",
    "）": ")",
    "．": ".",
    "。": ".",
    "％": "%",
    "＼": "\\",
    "／": "/",
    "\u3000": " ",
    "\u00a0": " ",
    "\u200b": "",
    "\ufeff": "",
} | {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}

_TABLE = str.maketrans(FULL_WIDTH)


def half_width(text: str) -> str:
    """Return the text with full-width punctuation, letters and digits in ASCII."""
    return text if text.isascii() else text.translate(_TABLE)

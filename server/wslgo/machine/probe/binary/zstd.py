"""Frames of Zstandard, with which nvcc compresses since 13.0 and linkers compress debug information on request.

Source: RFC 8878. The standard library has a decoder since Python 3.14; wslgo runs on 3.10, and the code of a kernel is
a few kilobytes. No dictionaries and no checksums: what is read is judged, not run.
"""

from wslgo.text.typing import NamedTuple

_MAGIC = b"\x28\xb5\x2f\xfd"
_LARGEST_BLOCK = 128 << 10
_LARGEST_WINDOW = 128 << 20
_RAW, _RLE, _COMPRESSED = 0, 1, 2
_PREDEFINED, _ONE_CODE, _TABLE, _REPEATED = range(4)


class DamagedError(Exception):
    """The data is not a frame, or something that no writer makes."""


class Row(NamedTuple):
    """A state of a decoder for finite state entropy: its symbol, and how to find the next state."""

    symbol: int
    bits: int
    base: int


Table = tuple[int, list[Row]]  # the accuracy, and the states

# The lengths and offsets that a code stands for: base and number of extra bits.
_LITERALS = [(code, 0) for code in range(16)] + [
    *((16, 1), (18, 1), (20, 1), (22, 1), (24, 2), (28, 2), (32, 3), (40, 3), (48, 4), (64, 6)),
    *((128, 7), (256, 8), (512, 9), (1024, 10), (2048, 11), (4096, 12), (8192, 13), (16384, 14), (32768, 15)),
    (65536, 16),
]
_MATCHES = [(code + 3, 0) for code in range(32)] + [
    *((35, 1), (37, 1), (39, 1), (41, 1), (43, 2), (47, 2), (51, 3), (59, 3), (67, 4), (83, 4), (99, 5), (131, 7)),
    *((259, 8), (515, 9), (1027, 10), (2051, 11), (4099, 12), (8195, 13), (16387, 14), (32771, 15), (65539, 16)),
]
_OFFSETS = [(1 << code, code) for code in range(32)]

# The predefined distributions, each with its accuracy.
_OF_LITERALS = (
    6,
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
)
_OF_MATCHES = (
    6,
    [
        *(1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
        *(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1),
    ],
)
_OF_OFFSETS = (5, [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1])


def zstd_frame(data: bytes, size: int) -> bytes | None:
    """Return the content of a frame, at most `size` bytes; None if it is damaged."""
    try:
        return _Frame(size).content(data)
    except (DamagedError, IndexError):
        return None


class _Frame:
    """A frame: its content so far, and the tables that the next block may use again."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.out = bytearray()
        self.huffman: _Huffman | None = None
        self.tables: dict[str, Table] = {}
        self.offsets = [1, 4, 8]

    def content(self, data: bytes) -> bytes:
        place = _after_header(data)
        is_last = False
        while not is_last and len(self.out) < self.size:
            header = int.from_bytes(_take(data, place, 3), "little")
            is_last, kind, length = bool(header & 1), header >> 1 & 3, header >> 3
            place += 3
            if kind == _RAW:
                self.out += _take(data, place, length)
                place += length
            elif kind == _RLE:
                self.out += _take(data, place, 1) * min(length, _LARGEST_BLOCK)
                place += 1
            elif kind == _COMPRESSED:
                self._block(_take(data, place, length))
                place += length
            else:
                raise DamagedError
        return bytes(self.out[: self.size])

    def _block(self, data: bytes) -> None:
        literals, place = self._literals(data)
        count, place = _number_of_sequences(data, place)
        if not count:
            self.out += literals
            return
        modes = data[place]
        place += 1
        decoders = []
        for name, shift, most, fixed, codes in (
            ("literals", 6, 9, _OF_LITERALS, len(_LITERALS)),
            ("offsets", 4, 8, _OF_OFFSETS, len(_OFFSETS)),
            ("matches", 2, 9, _OF_MATCHES, len(_MATCHES)),
        ):
            mode = modes >> shift & 3
            if mode == _PREDEFINED:
                self.tables[name] = _table(*fixed)
            elif mode == _ONE_CODE:
                self.tables[name] = (0, [Row(data[place], 0, 0)])
                place += 1
            elif mode == _TABLE:
                accuracy, counts, used = _distribution(data, place, most)
                self.tables[name] = _table(accuracy, counts)
                place += used
            elif name not in self.tables:
                raise DamagedError
            decoders.append(_State(self.tables[name], codes))
        self._run(count, _Bits(data[place:]), literals, decoders)

    def _run(self, count: int, bits: "_Bits", literals: bytes, decoders: "list[_State]") -> None:
        """Do the sequences: so many literals, then a match."""
        of_literals, of_offsets, of_matches = decoders
        for decoder in decoders:
            decoder.start(bits)
        used = 0
        for number in range(count):
            offset_code = of_offsets.symbol
            value = (1 << offset_code) + bits.take(offset_code)
            base, extra = _MATCHES[of_matches.symbol]
            match = base + bits.take(extra)
            base, extra = _LITERALS[of_literals.symbol]
            length = base + bits.take(extra)
            if number < count - 1:
                for decoder in (of_literals, of_matches, of_offsets):
                    decoder.next(bits)
            self.out += literals[used : used + length]
            used += length
            self._copy(self._offset(value, length), match)
            if len(self.out) > self.size + _LARGEST_BLOCK:
                raise DamagedError
        self.out += literals[used:]

    def _offset(self, value: int, literals: int) -> int:
        """Return the distance of a match: new, or one of the last three."""
        first, second, third = self.offsets
        if value > 3:
            self.offsets = [value - 3, first, second]
            return value - 3
        which = value + (literals == 0)
        if which == 1:
            return first
        chosen = second if which == 2 else third if which == 3 else first - 1
        self.offsets = [chosen, first, second if which != 2 else third]
        return chosen

    def _copy(self, distance: int, length: int) -> None:
        if not 0 < distance <= len(self.out) or length > _LARGEST_BLOCK:
            raise DamagedError
        piece = self.out[-distance:]
        self.out += (piece * (length // distance + 1))[:length] if length > distance else piece[:length]

    def _literals(self, data: bytes) -> tuple[bytes, int]:
        """Return the literals of a block, and the place after them."""
        kind, form = data[0] & 3, data[0] >> 2 & 3
        if kind in (_RAW, _RLE):
            header = (1, 2, 1, 3)[form]
            length = int.from_bytes(_take(data, 0, header), "little") >> (3 if header == 1 else 4)
            if length > _LARGEST_BLOCK:
                raise DamagedError
            if kind == _RLE:
                return _take(data, header, 1) * length, header + 1
            return _take(data, header, length), header + length
        header, bits = ((3, 10), (3, 10), (4, 14), (5, 18))[form]
        number = int.from_bytes(_take(data, 0, header), "little") >> 4
        length, packed = number & ((1 << bits) - 1), number >> bits
        if length > _LARGEST_BLOCK:
            raise DamagedError
        stream = _take(data, header, packed)
        start = 0
        if kind == _COMPRESSED:
            self.huffman, start = _huffman(stream)
        if self.huffman is None:
            raise DamagedError
        return self.huffman.decoded(stream[start:], length, 1 if form == 0 else 4), header + packed


class _Bits:
    """Bits that are read from the end of a text to its start; zeros are before it."""

    def __init__(self, data: bytes) -> None:
        if not data or not data[-1]:
            raise DamagedError
        self._number = int.from_bytes(data, "little")
        self.left = len(data) * 8 - 8 + data[-1].bit_length() - 1
        self._data = data

    def take(self, count: int) -> int:
        """Return the next bits as a number."""
        if not count:
            return 0
        self.left -= count
        value = self.peek_at(self.left, count)
        if self.left < -_LARGEST_BLOCK:
            raise DamagedError
        return value

    def peek(self, count: int) -> int:
        return self.peek_at(self.left - count, count)

    def peek_at(self, place: int, count: int) -> int:
        if place < 0:
            count, shift = count + place, -place
            return 0 if count <= 0 else self.peek_at(0, count) << shift
        first = place >> 3
        number = int.from_bytes(self._data[first : (place + count + 7 >> 3)], "little")
        return number >> (place & 7) & ((1 << count) - 1)


class _State:
    """A decoder of symbols by finite state entropy."""

    def __init__(self, table: Table, codes: int) -> None:
        self._accuracy, self._rows = table
        self._codes = codes
        self._state = 0

    def start(self, bits: _Bits) -> None:
        self._state = bits.take(self._accuracy)

    @property
    def symbol(self) -> int:
        symbol = self._rows[self._state].symbol
        if symbol >= self._codes:
            raise DamagedError
        return symbol

    def next(self, bits: _Bits) -> None:
        row = self._rows[self._state]
        self._state = row.base + bits.take(row.bits)


def _table(accuracy: int, counts: list[int]) -> Table:
    """Return the states for a distribution of symbols; -1 is less than one."""
    size = 1 << accuracy
    symbols = [0] * size
    high = size - 1
    for symbol, count in enumerate(counts):
        if count == -1:
            symbols[high] = symbol
            high -= 1
    place, step = 0, (size >> 1) + (size >> 3) + 3
    for symbol, count in enumerate(counts):
        for _ in range(max(0, count)):
            symbols[place] = symbol
            place = (place + step) & (size - 1)
            while place > high:
                place = (place + step) & (size - 1)
    if place:
        raise DamagedError
    seen = [max(count, 1) for count in counts]
    rows = []
    for symbol in symbols:
        number = seen[symbol]
        seen[symbol] += 1
        bits = accuracy - number.bit_length() + 1
        rows.append(Row(symbol, bits, (number << bits) - size))
    return accuracy, rows


def _distribution(data: bytes, start: int, most: int) -> tuple[int, list[int], int]:
    """Return the accuracy and the counts of a distribution, and how many bytes it takes."""
    number, place = int.from_bytes(data[start : start + 512], "little"), 4
    accuracy = (number & 15) + 5
    if accuracy > most:
        raise DamagedError
    left, counts = (1 << accuracy) + 1, list[int]()
    while left > 1 and len(counts) < 256:
        bits = left.bit_length()
        value = number >> place & ((1 << bits) - 1)
        spare = (1 << bits) - 1 - left  # so many values take a bit less
        if value & ((1 << bits - 1) - 1) < spare:
            value &= (1 << bits - 1) - 1
            place += bits - 1
        else:
            place += bits
            if value >= 1 << bits - 1:
                value -= spare
        count = value - 1
        counts.append(count)
        left -= abs(count)
        if count == 0:
            repeat = 3
            while repeat == 3 and len(counts) < 256:
                repeat = number >> place & 3
                place += 2
                counts += [0] * repeat
    if left != 1:
        raise DamagedError
    return accuracy, counts, (place + 7) // 8


class _Huffman:
    """A code for literals: `rows` by the next `depth` bits."""

    def __init__(self, depth: int, rows: list[tuple[int, int]]) -> None:
        self.depth = depth
        self.rows = rows

    def decoded(self, data: bytes, length: int, streams: int) -> bytes:
        if streams == 1:
            return self._stream(data, length)
        sizes = [int.from_bytes(_take(data, 2 * number, 2), "little") for number in range(3)]
        each, place, out = (length + 3) // 4, 6, bytearray()
        for number in range(4):
            end = place + sizes[number] if number < 3 else len(data)
            out += self._stream(_take(data, place, end - place), each if number < 3 else length - 3 * each)
            place = end
        return bytes(out)

    def _stream(self, data: bytes, length: int) -> bytes:
        if length < 0:
            raise DamagedError
        bits, out = _Bits(data), bytearray()
        for _ in range(length):
            symbol, used = self.rows[bits.peek(self.depth)]
            bits.take(used)
            out.append(symbol)
        return bytes(out)


def _huffman(data: bytes) -> tuple[_Huffman, int]:
    """Return the code in front of a stream of literals, and its size."""
    header = data[0]
    if header >= 128:
        count = header - 127
        used = 1 + (count + 1) // 2
        raw = _take(data, 1, used - 1)
        weights = [raw[number // 2] >> (0 if number % 2 else 4) & 15 for number in range(count)]
    else:
        used = 1 + header
        weights = _weights(_take(data, 1, header))
    total = sum(1 << weight - 1 for weight in weights if weight)
    if not total or max(weights) > 11:
        raise DamagedError
    depth = total.bit_length()
    last = (1 << depth) - total
    if depth > 11 or last & (last - 1):
        raise DamagedError
    weights.append(last.bit_length())
    rows: list[tuple[int, int]] = []
    for weight in range(1, depth + 1):
        for symbol, own in enumerate(weights):
            if own == weight:
                rows += [(symbol, depth + 1 - weight)] * (1 << weight - 1)
    return _Huffman(depth, rows), used


def _weights(data: bytes) -> list[int]:
    """Return the weights of a code, which two decoders take turns to read."""
    accuracy, counts, used = _distribution(data, 0, 6)
    table = _table(accuracy, counts)
    bits = _Bits(data[used:])
    pair = (_State(table, 256), _State(table, 256))
    for state in pair:
        state.start(bits)
    weights: list[int] = []
    turn = 0
    while len(weights) < 255:
        weights.append(pair[turn].symbol)
        pair[turn].next(bits)
        turn = 1 - turn
        if bits.left < 0:
            weights.append(pair[turn].symbol)
            return weights
    raise DamagedError


def _number_of_sequences(data: bytes, place: int) -> tuple[int, int]:
    first = data[place]
    if first < 128:
        return first, place + 1
    if first < 255:
        return (first - 128 << 8) + data[place + 1], place + 2
    return data[place + 1] + (data[place + 2] << 8) + 0x7F00, place + 3


def _after_header(data: bytes) -> int:
    """Return where the blocks of a frame begin."""
    if data[:4] != _MAGIC:
        raise DamagedError
    flags = data[4]
    has_window = not flags & 0x20
    size = (0 if has_window else 1, 2, 4, 8)[flags >> 6]
    dictionary = (0, 1, 2, 4)[flags & 3]
    if int.from_bytes(_take(data, 5 + has_window, dictionary), "little"):
        raise DamagedError
    return 5 + has_window + dictionary + size


def _take(data: bytes, place: int, size: int) -> bytes:
    found = data[place : place + size]
    if len(found) != size:
        raise DamagedError
    return found

"""Signatures, by the vectors of RFC 8032, section 7.1."""

import pytest

from wslgo.provision.toolchain.sumdb.ed25519 import verifies

# Key, message and signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
ORDER = 2**252 + 27742317777372353535851937790883648493


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc_verify(key: str, message: str, signature: str) -> None:
    assert verifies(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize("index", [0, 31, 32, 63])
def test_one_bit_more_or_less_does_not(index: int) -> None:
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    changed = bytearray(signature)
    changed[index] ^= 1
    assert not verifies(key, message, bytes(changed))
    assert not verifies(key, message + b"x", signature)
    assert not verifies(bytes.fromhex(VECTORS[0][0]), message, signature)


def test_a_number_that_was_raised_by_the_order_is_rejected_as_go_rejects_it() -> None:
    key, message, signature = map(bytes.fromhex, VECTORS[2])
    raised = int.from_bytes(signature[32:], "little") + ORDER
    assert not verifies(key, message, signature[:32] + raised.to_bytes(32, "little"))


@pytest.mark.parametrize(("key", "signature"), [(b"", b""), (b"\2" + bytes(31), bytes(64)), (bytes(32), bytes(63))])
def test_a_malformed_key_or_signature_verifies_nothing(key: bytes, signature: bytes) -> None:
    assert not verifies(key, b"", signature)

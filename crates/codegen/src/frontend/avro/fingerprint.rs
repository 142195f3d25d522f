//! Fingerprints of schemas (Avro specification, “Schema Fingerprints”).

/// Returns the fingerprint CRC-64-AVRO, a Rabin fingerprint with a polynomial of degree 64.
pub(super) fn rabin(bytes: &[u8]) -> u64 {
    /// The polynomial, which is also the fingerprint of empty input.
    const EMPTY: u64 = 0xc15d_213a_a4d7_a795;
    bytes.iter().fold(EMPTY, |fingerprint, byte| {
        let index = (fingerprint ^ u64::from(*byte)) & 0xff;
        let entry = (0..8).fold(index, |rest, _| (rest >> 1) ^ (EMPTY & (rest & 1).wrapping_neg()));
        (fingerprint >> 8) ^ entry
    })
}

pub(super) fn md5(bytes: &[u8]) -> [u8; 16] {
    md5::compute(bytes).0
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    hmac_sha256::Hash::hash(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rabin_fingerprints_match_the_specification() {
        assert_eq!(rabin(b""), 0xc15d_213a_a4d7_a795);
        // Test vectors of the reference implementation.
        for (text, fingerprint) in
            [(r#""null""#, 0x63dd_24e7_cc25_8f8a_u64), (r#""boolean""#, 0x9f42_fc78_a4d4_f764)]
        {
            assert_eq!(rabin(text.as_bytes()), fingerprint, "{text}");
        }
    }

    #[test]
    fn digests_match_their_specifications() {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        // RFC 1321, appendix A.5; FIPS 180-4 examples.
        assert_eq!(hex(&md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(
            hex(&sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        // More than one block.
        let digits = "1234567890".repeat(8);
        assert_eq!(hex(&md5(digits.as_bytes())), "57edf4a22be3c955ac49da2e2107b67a");
        assert_eq!(
            hex(&sha256(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        );
    }
}

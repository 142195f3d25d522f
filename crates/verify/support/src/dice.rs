//! Choices that come from a seed, or from the bytes of a fuzzer.

/// Random source; a seed makes the same choices on every machine.
#[derive(Debug, Clone)]
pub struct Dice<'a>(Source<'a>);

#[derive(Debug, Clone)]
enum Source<'a> {
    /// The state of SplitMix64 (Steele, Lea, Flood: “Fast Splittable Pseudorandom Number Generators”, 2014).
    Seeded(u64),
    /// One byte for each small choice; zeros after the last byte.
    Bytes(&'a [u8]),
}

impl<'a> Dice<'a> {
    /// The choices of a seed.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(seed))
    }

    /// The choices of a fuzzer; the first of every list once the bytes are used up.
    #[must_use]
    pub const fn of_bytes(bytes: &'a [u8]) -> Self {
        Self(Source::Bytes(bytes))
    }

    /// Any 64 bits.
    pub fn bits(&mut self) -> u64 {
        match &mut self.0 {
            Source::Seeded(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut bits = *state;
                bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                bits ^ (bits >> 31)
            }
            Source::Bytes(_) => (0..8).fold(0, |bits, _| bits << 8 | self.below(256) as u64),
        }
    }

    /// A number below `count`, which is at least 1.
    pub fn below(&mut self, count: usize) -> usize {
        match &mut self.0 {
            Source::Seeded(_) => (self.bits() % count as u64) as usize,
            Source::Bytes(bytes) => {
                let (mut value, mut reach) = (0_u64, 1_u64);
                while reach < count as u64 && reach < 1 << 56 {
                    let byte = bytes.split_off_first().copied().unwrap_or(0);
                    (value, reach) = (value << 8 | u64::from(byte), reach << 8);
                }
                (value % count as u64) as usize
            }
        }
    }

    /// True once in `count` times on average; false when a fuzzer's bytes are used up.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    /// One of `options`, which are not empty.
    pub fn pick<'o, T>(&mut self, options: &'o [T]) -> &'o T {
        &options[self.below(options.len())]
    }

    /// One of these texts.
    pub fn word<'o>(&mut self, options: &[&'o str]) -> &'o str {
        options[self.below(options.len())]
    }

    /// `len` bytes of any value.
    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.bits() as u8).collect()
    }

    /// `count` decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    /// A random UUID (RFC 9562 §5.4).
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.bits(), self.bits());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

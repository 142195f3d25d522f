//! Compression of blocks.

use super::error::ErrorKind;

/// Compression of the blocks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Codec {
    /// No compression.
    #[default]
    Null,
    /// Deflate (RFC 1951), which every implementation should read.
    Deflate,
    /// Snappy, with a checksum.
    #[cfg(feature = "snappy")]
    Snappy,
    /// Zstandard (RFC 8878).
    #[cfg(feature = "zstandard")]
    Zstandard,
}

impl Codec {
    /// Name in the header of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Deflate => "deflate",
            #[cfg(feature = "snappy")]
            Self::Snappy => "snappy",
            #[cfg(feature = "zstandard")]
            Self::Zstandard => "zstandard",
        }
    }

    /// By its name in the header; none is [`Null`](Self::Null).
    pub(super) fn from_name(name: Option<&[u8]>) -> Option<Self> {
        match name {
            None | Some(b"null") => Some(Self::Null),
            Some(b"deflate") => Some(Self::Deflate),
            #[cfg(feature = "snappy")]
            Some(b"snappy") => Some(Self::Snappy),
            #[cfg(feature = "zstandard")]
            Some(b"zstandard") => Some(Self::Zstandard),
            Some(_) => None,
        }
    }

    pub(super) fn compress(self, block: &mut Vec<u8>) -> Result<(), ErrorKind> {
        let codec = match self {
            Self::Null => return Ok(()),
            Self::Deflate => apache_avro::Codec::Deflate(apache_avro::DeflateSettings::default()),
            #[cfg(feature = "snappy")]
            Self::Snappy => apache_avro::Codec::Snappy,
            #[cfg(feature = "zstandard")]
            Self::Zstandard => {
                apache_avro::Codec::Zstandard(apache_avro::ZstandardSettings::default())
            }
        };
        codec.compress(block).map_err(|_| ErrorKind::Compression)
    }

    /// Replaces `block` by the decompressed bytes, of which there may be `limit`.
    pub(super) fn decompress(
        self,
        compressed: &[u8],
        limit: usize,
        block: &mut Vec<u8>,
    ) -> Result<(), ErrorKind> {
        match self {
            Self::Null => {
                block.clear();
                block.extend_from_slice(compressed);
            }
            Self::Deflate => *block = inflate(compressed, limit)?,
            #[cfg(feature = "snappy")]
            Self::Snappy => {
                check_snappy_len(compressed, limit)?;
                block.clear();
                block.extend_from_slice(compressed);
                let codec = apache_avro::Codec::Snappy;
                codec.decompress(block).map_err(|_| ErrorKind::Compression)?;
            }
            #[cfg(feature = "zstandard")]
            Self::Zstandard => unzstd(compressed, limit, block)?,
        }
        Ok(())
    }

    /// Returns whether other bytes follow the compressed ones: those after deflated ones are not seen when
    /// they are decompressed.
    pub(super) fn ends_early(self, compressed: &[u8], limit: usize) -> bool {
        let Self::Deflate = self else { return false };
        let len = compressed.len().checked_sub(CHECKSUM_LEN + 1);
        len.is_some_and(|len| inflate(&compressed[..len], limit).is_ok())
    }
}

/// Bytes that may follow the deflated ones: some writers leave a checksum of zlib (RFC 1950 §2.2) there.
const CHECKSUM_LEN: usize = 4;

fn inflate(compressed: &[u8], limit: usize) -> Result<Vec<u8>, ErrorKind> {
    use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
    decompress_to_vec_with_limit(compressed, limit).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => ErrorKind::BlockLength { limit },
        _ => ErrorKind::Compression,
    })
}

/// The length of the decompressed bytes stands before the compressed ones, as a varint of 32 bits.
#[cfg(feature = "snappy")]
fn check_snappy_len(compressed: &[u8], limit: usize) -> Result<(), ErrorKind> {
    let mut len = 0_u64;
    for (index, byte) in compressed.iter().enumerate().take(5) {
        len |= u64::from(byte & 0x7f) << (7 * index);
        if *byte < 0x80 {
            return match usize::try_from(len) {
                Ok(len) if len <= limit => Ok(()),
                _ => Err(ErrorKind::BlockLength { limit }),
            };
        }
    }
    Err(ErrorKind::Compression)
}

#[cfg(feature = "zstandard")]
fn unzstd(compressed: &[u8], limit: usize, block: &mut Vec<u8>) -> Result<(), ErrorKind> {
    use std::io::Read;
    block.clear();
    let decoder = zstd::Decoder::with_buffer(compressed).map_err(|_| ErrorKind::Compression)?;
    let mut limited = decoder.take((limit as u64).saturating_add(1));
    limited.read_to_end(block).map_err(|_| ErrorKind::Compression)?;
    if block.len() > limit {
        return Err(ErrorKind::BlockLength { limit });
    }
    Ok(())
}

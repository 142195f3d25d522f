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
    /// Bzip2.
    #[cfg(feature = "bzip2")]
    Bzip2,
    /// Snappy, with a checksum.
    #[cfg(feature = "snappy")]
    Snappy,
    /// Xz. A block needs the dictionary that its writer chose, of up to 64 MiB, besides what it expands to.
    #[cfg(feature = "xz")]
    Xz,
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
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => "bzip2",
            #[cfg(feature = "snappy")]
            Self::Snappy => "snappy",
            #[cfg(feature = "xz")]
            Self::Xz => "xz",
            #[cfg(feature = "zstandard")]
            Self::Zstandard => "zstandard",
        }
    }

    /// By its name in the header; none is [`Null`](Self::Null).
    pub(super) fn from_name(name: Option<&[u8]>) -> Result<Self, ErrorKind> {
        let Some(name) = name else { return Ok(Self::Null) };
        Ok(match name {
            b"null" => Self::Null,
            b"deflate" => Self::Deflate,
            #[cfg(feature = "bzip2")]
            b"bzip2" => Self::Bzip2,
            #[cfg(feature = "snappy")]
            b"snappy" => Self::Snappy,
            #[cfg(feature = "xz")]
            b"xz" => Self::Xz,
            #[cfg(feature = "zstandard")]
            b"zstandard" => Self::Zstandard,
            name => {
                // The features have the names of their codecs.
                let feature = ["bzip2", "snappy", "xz", "zstandard"].into_iter();
                let feature = feature.clone().find(|feature| feature.as_bytes() == name);
                let name: String = String::from_utf8_lossy(name).chars().take(MAX_NAME).collect();
                return Err(ErrorKind::Codec { name: name.into(), feature });
            }
        })
    }

    pub(super) fn compress(self, block: &mut Vec<u8>) -> Result<(), ErrorKind> {
        let codec = match self {
            Self::Null => return Ok(()),
            Self::Deflate => apache_avro::Codec::Deflate(apache_avro::DeflateSettings::default()),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => apache_avro::Codec::Bzip2(apache_avro::Bzip2Settings::default()),
            #[cfg(feature = "snappy")]
            Self::Snappy => apache_avro::Codec::Snappy,
            #[cfg(feature = "xz")]
            Self::Xz => {
                *block = xz(block).map_err(|_| ErrorKind::Compression)?;
                return Ok(());
            }
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
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => {
                limited(bzip2::bufread::MultiBzDecoder::new(compressed), limit, block)?;
            }
            #[cfg(feature = "snappy")]
            Self::Snappy => {
                check_snappy_len(compressed, limit)?;
                block.clear();
                block.extend_from_slice(compressed);
                let codec = apache_avro::Codec::Snappy;
                codec.decompress(block).map_err(|_| ErrorKind::Compression)?;
            }
            #[cfg(feature = "xz")]
            Self::Xz => {
                let dictionary = MAX_XZ_DICTIONARY + XZ_STATE;
                let decoder = lzma_rust2::XzReader::new_mem_limit(compressed, true, dictionary);
                limited(decoder, limit, block)?;
            }
            #[cfg(feature = "zstandard")]
            Self::Zstandard => {
                let decoder = zstd::Decoder::with_buffer(compressed);
                limited(decoder.map_err(|_| ErrorKind::Compression)?, limit, block)?;
            }
        }
        Ok(())
    }

    /// The decompressed length if other bytes follow the compressed ones: those after deflated ones are not seen
    /// when they are decompressed.
    pub(super) fn ends_early(self, compressed: &[u8], limit: usize) -> Option<usize> {
        let Self::Deflate = self else { return None };
        let len = compressed.len().checked_sub(CHECKSUM_LEN + 1)?;
        inflate(&compressed[..len], limit).ok().map(|inflated| inflated.len())
    }
}

/// Longest part of the name of an unknown codec that an error shows.
const MAX_NAME: usize = 32;

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

/// Largest dictionary of an xz block, in KiB: that of the highest level.
#[cfg(feature = "xz")]
const MAX_XZ_DICTIONARY: u32 = 64 << 10;

/// Smallest dictionary of an xz block, in bytes.
#[cfg(feature = "xz")]
const MIN_XZ_DICTIONARY: u32 = 4 << 10;

/// Memory of the xz decoder besides the dictionary, in KiB.
#[cfg(feature = "xz")]
const XZ_STATE: u32 = 1 << 10;

#[cfg(feature = "xz")]
fn xz(block: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write;
    /// The default of the command `xz`, and of other writers of such files.
    const LEVEL: u32 = 6;
    let mut options = lzma_rust2::XzOptions::with_preset(LEVEL);
    // A dictionary longer than the block would be memory that readers need for nothing.
    let len = u32::try_from(block.len()).unwrap_or(u32::MAX);
    let dictionary = &mut options.lzma_options.dict_size;
    *dictionary = len.clamp(MIN_XZ_DICTIONARY, *dictionary);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options)?;
    writer.write_all(block)?;
    writer.finish()
}

/// Reads what a decoder makes, up to a limit.
#[cfg(any(feature = "bzip2", feature = "xz", feature = "zstandard"))]
fn limited(
    decoder: impl std::io::Read,
    limit: usize,
    block: &mut Vec<u8>,
) -> Result<(), ErrorKind> {
    use std::io::Read;
    block.clear();
    let mut decoder = decoder.take((limit as u64).saturating_add(1));
    decoder.read_to_end(block).map_err(|_| ErrorKind::Compression)?;
    if block.len() > limit {
        return Err(ErrorKind::BlockLength { limit });
    }
    Ok(())
}

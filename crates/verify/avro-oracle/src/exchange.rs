//! Files of consecutive datums, written for fastavro to read, and written by fastavro to be checked.
//!
//! | file | holds |
//! |---|---|
//! | `schema.avsc` | the schema, as the constant of the generated type has it |
//! | `fingerprints.json` | its canonical form and fingerprints, from the same constant |
//! | `datums.bin` | length (big-endian `u32`) and bytes of each datum |
//! | `datums.jsonl` | the JSON encoding, a datum a line |
//! | `null.avro`, `deflate.avro` | container files, named by their codec |
//!
//! The files that fastavro wrote stand beside them in the folder `fastavro`.

use crate::{BEYOND, Codec, Peer, Values, beyond, codecs};
use apache_avro::Schema;
use migration_events::avro::container;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Codecs of container files that every implementation has.
const CONTAINER_CODECS: [container::Codec; 2] = [container::Codec::Null, container::Codec::Deflate];

/// Writes `count` random datums of each schema, and the fixed ones of schemas that apache-avro cannot handle.
///
/// # Errors
/// A file cannot be written, or a codec refuses what it has made.
pub fn write(folder: &Path, count: u64, seed: u64) -> Result<(), Box<dyn Error>> {
    for codec in codecs() {
        write_one(codec, &random_datums(codec, count, seed)?, folder)?;
    }
    for codec in BEYOND {
        write_one(codec, &beyond::datums(codec)?, folder)?;
    }
    Ok(())
}

fn random_datums(codec: &Codec, count: u64, seed: u64) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let schema = Schema::parse_str(codec.text)?;
    let peer = Peer::new(&schema);
    let mut values = Values::new(&schema, peer.names(), seed);
    (0..count).map(|_| Ok((codec.binary)(&peer.encode(&values.value())?)?)).collect()
}

fn write_one(codec: &Codec, datums: &[Vec<u8>], folder: &Path) -> Result<(), Box<dyn Error>> {
    let folder = folder.join(codec.name);
    fs::create_dir_all(&folder)?;
    let (mut bytes, mut lines) = (Vec::new(), String::new());
    for datum in datums {
        bytes.extend_from_slice(&u32::try_from(datum.len())?.to_be_bytes());
        bytes.extend_from_slice(datum);
        lines.push_str(&(codec.to_json)(datum)?);
        lines.push('\n');
    }
    fs::write(folder.join("schema.avsc"), codec.schema.json)?;
    fs::write(folder.join("fingerprints.json"), fingerprints(codec))?;
    fs::write(folder.join("datums.bin"), bytes)?;
    fs::write(folder.join("datums.jsonl"), lines)?;
    for container in CONTAINER_CODECS {
        let file = (codec.to_container)(datums, container)?;
        fs::write(folder.join(format!("{}.avro", container.name())), file)?;
    }
    Ok(())
}

/// The constants of a schema by the names that fastavro has for them.
fn fingerprints(codec: &Codec) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let schema = codec.schema;
    serde_json::json!({
        "canonical form": schema.canonical_form,
        "CRC-64-AVRO": hex(&schema.rabin.to_le_bytes()),
        "MD5": hex(&schema.md5),
        "SHA-256": hex(&schema.sha256),
    })
    .to_string()
}

/// Compares the files of fastavro with those written for it; returns the number of datums.
///
/// # Errors
/// A file is missing or broken, or a datum is another than before.
pub fn check(folder: &Path) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    for codec in codecs().chain(BEYOND) {
        let folder = folder.join(codec.name);
        count += check_one(codec, &folder).map_err(|error| format!("{}: {error}", codec.name))?;
    }
    Ok(count)
}

fn check_one(codec: &Codec, folder: &Path) -> Result<usize, Box<dyn Error>> {
    let theirs = folder.join("fastavro");
    let datums = fs::read(folder.join("datums.bin"))?;
    let datums: Vec<&[u8]> = split(&datums).ok_or("lengths do not add up")?;

    let written = fs::read(theirs.join("datums.bin"))?;
    let written = split(&written).ok_or("fastavro's lengths do not add up")?;
    same("binary", &datums, &written, |ours, theirs| {
        Ok(ours == theirs && (codec.binary)(theirs)? == **ours)
    })?;

    // There are schemas for which fastavro cannot write it: see `check.py`.
    if theirs.join("datums.jsonl").try_exists()? {
        let lines = fs::read_to_string(theirs.join("datums.jsonl"))?;
        let lines: Vec<&str> = lines.lines().collect();
        same(
            "JSON encoding",
            &datums,
            &lines,
            |ours, line| Ok((codec.from_json)(line)? == **ours),
        )?;
    }

    // The header holds the writer's schema, which apache-avro is to read.
    let is_beyond = beyond::SAMPLES.iter().any(|sample| sample.schema == codec.name);
    for container in CONTAINER_CODECS.into_iter().filter(|_| !is_beyond) {
        let file = fs::read(theirs.join(format!("{}.avro", container.name())))?;
        let written = (codec.from_container)(&file)?;
        same(container.name(), &datums, &written, |ours, theirs| Ok(**ours == **theirs))?;
    }
    Ok(datums.len())
}

fn same<A, B>(
    what: &str,
    ours: &[A],
    theirs: &[B],
    is_same: impl Fn(&A, &B) -> Result<bool, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    if ours.len() != theirs.len() {
        return Err(format!("{what}: {} datums, not {}", theirs.len(), ours.len()).into());
    }
    for (index, (a, b)) in ours.iter().zip(theirs).enumerate() {
        match is_same(a, b) {
            Ok(true) => {}
            Ok(false) => return Err(format!("{what}: datum {index} is another").into()),
            Err(error) => return Err(format!("{what}: datum {index}: {error}").into()),
        }
    }
    Ok(())
}

/// The datums of `datums.bin`.
fn split(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut datums = Vec::new();
    while !bytes.is_empty() {
        let (len, rest) = bytes.split_first_chunk()?;
        let len = usize::try_from(u32::from_be_bytes(*len)).ok()?;
        let (datum, rest) = rest.split_at_checked(len)?;
        datums.push(datum);
        bytes = rest;
    }
    Some(datums)
}

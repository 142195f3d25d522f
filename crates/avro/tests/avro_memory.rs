//! Memory of container files and of other writers' data: bounded by what is there, not by what is claimed.
//! A target of its own, since it counts allocations.

use allocation_counter::measure;
use migration_events::avro::container::{Codec, Reader, Writer};
use migration_events::avro::{
    AvroContract, AvroSchema, Cursor, Datum, DatumError, Resolution, to_datum,
};
use std::io::Read;

#[derive(Debug, PartialEq)]
struct Reading {
    meter: String,
    value: f64,
}

impl Datum for Reading {
    const NAME: &'static str = "energy.Reading";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        Ok(Self { meter: cursor.field("meter")?, value: cursor.field("value")? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.meter.write(out);
        self.value.write(out);
    }
}

impl AvroContract for Reading {
    const SCHEMA: &'static AvroSchema = &AvroSchema::__new(
        "energy.Reading",
        r#"{"type":"record","name":"energy.Reading","fields":[{"name":"meter","type":"string"},{"name":"value","type":"double"}]}"#,
        "",
        0,
        [0; 16],
        [0; 32],
    );
}

/// A header, and the same block `count` times.
struct Blocks {
    header: Vec<u8>,
    block: Vec<u8>,
    count: usize,
    read: usize,
}

impl Blocks {
    fn new(codec: Codec, count: usize) -> Self {
        let file = |readings: u32| {
            let builder = Writer::builder(Vec::new()).codec(codec).marker(*b"sync marker 0001");
            let mut writer = builder.build().unwrap();
            for value in 0..readings {
                let reading = Reading { meter: format!("E-{value}"), value: value.into() };
                writer.append(&reading).unwrap();
            }
            writer.into_inner().unwrap()
        };
        let (header, mut block) = (file(0), file(1000));
        block.drain(..header.len());
        Self { header, block, count, read: 0 }
    }
}

impl Read for Blocks {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (head, len) = (self.header.len(), self.block.len());
        let rest = match self.read.checked_sub(head) {
            None => &self.header[self.read..],
            Some(read) if read < len * self.count => &self.block[read % len..],
            Some(_) => &[],
        };
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.read += len;
        Ok(len)
    }
}

#[test]
fn a_file_takes_the_memory_of_one_block() {
    for codec in [Codec::Null, Codec::Deflate] {
        let peak = |count: usize| {
            let blocks = Blocks::new(codec, count);
            let info = measure(|| {
                let reader = Reader::<_, Reading>::new(blocks).unwrap();
                assert_eq!(reader.map(Result::unwrap).count(), 1000 * count);
            });
            info.bytes_max
        };
        let (short, long) = (peak(20), peak(400));
        assert!(long <= short + 4096, "{codec:?}: {short} and {long} bytes");
    }
}

#[test]
fn garbage_is_skipped_in_constant_memory() {
    let blocks = Blocks::new(Codec::Null, 0);
    let file = blocks.chain(std::io::repeat(0x55).take(64 << 20));
    let info = measure(|| {
        let errors = Reader::<_, Reading>::new(file).unwrap().filter(Result::is_err).count();
        assert_eq!(errors, 1);
    });
    assert!(info.bytes_max < 1 << 20, "{} bytes", info.bytes_max);
}

#[test]
fn a_claimed_block_length_allocates_nothing() {
    let mut file = Blocks::new(Codec::Null, 0).header;
    file.extend([to_datum(&1_i64), to_datum(&(60_i64 << 20)), vec![0; 100]].concat());
    let info = measure(|| assert_eq!(Reader::<_, Reading>::new(&file[..]).unwrap().count(), 1));
    assert!(info.bytes_max < 1 << 20, "{} bytes", info.bytes_max);
}

#[test]
fn an_expanding_block_takes_at_most_the_limit() {
    let mut bomb = vec![0; 64 << 20];
    let codec = apache_avro::Codec::Deflate(apache_avro::DeflateSettings::default());
    codec.compress(&mut bomb).unwrap();
    assert!(bomb.len() < 128 << 10);
    let mut file = Blocks::new(Codec::Deflate, 0).header;
    file.extend([to_datum(&1_i64), to_datum(&(bomb.len() as i64)), bomb].concat());
    file.extend(b"sync marker 0001");
    let info = measure(|| {
        let reader = Reader::<_, Reading>::builder(&file[..]).max_block_len(1 << 20).build();
        assert_eq!(reader.unwrap().filter(Result::is_err).count(), 1);
    });
    assert!(info.bytes_max < 4 << 20, "{} bytes", info.bytes_max);
}

#[test]
fn lengths_claimed_by_a_datum_allocate_nothing() {
    let writer = r#"{"type":"record","name":"energy.Reading","fields":[
        {"name":"value","type":"int"},{"name":"other","type":{"type":"array","items":"double"}},
        {"name":"more","type":{"type":"map","values":"bytes"}},{"name":"meter","type":"string"}]}"#;
    let resolution = Resolution::<Reading>::new(writer).unwrap();
    for claim in [i64::MAX, i64::MIN, 1 << 31, -(1 << 31)] {
        let claim = to_datum(&claim);
        for datum in [
            [vec![0], claim.clone()].concat(),
            [vec![0, 0], claim.clone()].concat(),
            [vec![0, 0, 2, 0], claim.clone()].concat(),
            [vec![0, 0, 0], claim].concat(),
        ] {
            let info = measure(|| assert!(resolution.decode(&datum).is_err()));
            assert!(info.bytes_max < 64 << 10, "{} bytes", info.bytes_max);
        }
    }
}

//! Any bytes as a container file, or as the blocks of one. The first byte chooses the codec of the header,
//! or that there is none but the bytes'.

#![no_main]

use libfuzzer_sys::fuzz_target;
use migration_events::avro::container::{Codec, Reader, Writer};
use migration_events::boost::AccountMigrationEvent;

const CODECS: [Codec; 6] =
    [Codec::Null, Codec::Deflate, Codec::Snappy, Codec::Zstandard, Codec::Bzip2, Codec::Xz];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let mut file = Vec::new();
    if let Some(codec) = CODECS.get(usize::from(*first)) {
        let builder = Writer::<_, AccountMigrationEvent>::builder(&mut file);
        let writer = builder.codec(*codec).marker([0; 16]).build();
        writer.and_then(Writer::into_inner).expect("a buffer takes everything");
    }
    file.extend_from_slice(bytes);

    let builder = Reader::<_, AccountMigrationEvent>::builder(&file[..]).max_block_len(1 << 20);
    let Ok(mut reader) = builder.build() else { return };
    let mut events = Vec::new();
    let mut errors = 0;
    while let Some(item) = reader.next() {
        assert!(reader.position().block <= file.len() as u64);
        match item {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(error.offset() <= file.len() as u64);
                let _ = (error.to_string(), error.kind().to_string());
                errors += 1;
            }
        }
    }
    // An event and an error each need a byte, an event at least one of a block.
    assert!(errors <= file.len());
    assert!(reader.next().is_none());

    let mut writer = Writer::builder(Vec::new()).block_len(256).build().expect("a buffer");
    for event in &events {
        writer.append(event).expect("a buffer");
    }
    let written = writer.into_inner().expect("a buffer");
    let again = Reader::<_, AccountMigrationEvent>::new(&written[..]).expect("a header");
    assert!(again.map(|event| event.expect("an event")).eq(events));
});

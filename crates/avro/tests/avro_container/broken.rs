//! Files that are broken: each break is reported with its place, and the rest of the file is read.

use super::{MARKER, Reading, codecs, file, frames, items, read, reading, readings};
use migration_events::avro::container::{Codec, Error, ErrorKind, Reader};
use migration_events::avro::{DatumErrorKind, ResolveError, to_datum};

/// A file of one block for each list of datums, as bytes.
fn blocks(blocks: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let mut file = file(Codec::Null, &[]);
    for (count, bytes) in blocks {
        file.extend(to_datum(count));
        file.extend(to_datum(&(bytes.len() as i64)));
        file.extend(bytes);
        file.extend(MARKER);
    }
    file
}

fn datums(numbers: impl IntoIterator<Item = i64>) -> Vec<u8> {
    numbers.into_iter().flat_map(|number| to_datum(&reading(number))).collect()
}

fn intact(file: &[u8]) -> Vec<i64> {
    items(file).into_iter().filter_map(|(_, item)| item.ok()).map(|reading| reading.value).collect()
}

fn errors(file: &[u8]) -> Vec<Error> {
    items(file).into_iter().filter_map(|(_, item)| item.err()).collect()
}

#[test]
fn cut_files_are_read_up_to_the_cut() {
    for codec in codecs() {
        let file = file(codec, &readings(30));
        let frames = frames(&file);
        for len in 0..file.len() {
            let cut = &file[..len];
            if len < frames[0] {
                let error = Reader::<_, Reading>::new(cut).unwrap_err();
                assert_eq!(error.offset(), 0);
                assert!(matches!(error.kind(), ErrorKind::Magic | ErrorKind::Header), "{len}");
                continue;
            }
            let errors = errors(cut);
            let whole = frames.iter().filter(|frame| **frame <= len).count() - 1;
            assert_eq!(errors.len(), usize::from(!frames.contains(&len)), "{codec:?} {len}");
            for error in errors {
                assert_eq!(error.offset(), frames[whole] as u64);
                assert!(matches!(error.kind(), ErrorKind::UnexpectedEnd | ErrorKind::BlockHeader));
            }
            let values = intact(cut);
            assert_eq!(values, (0..values.len() as i64).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_changed_byte_leaves_other_blocks_intact() {
    for codec in codecs() {
        let file = file(codec, &readings(30));
        let frames = frames(&file);
        let whole: Vec<_> = items(&file);
        for place in frames[0]..file.len() {
            let mut broken = file.clone();
            broken[place] ^= 0x55;
            let block = frames.iter().rposition(|frame| *frame <= place).unwrap();
            let values = intact(&broken);
            for (position, item) in &whole {
                if position.block as usize != frames[block] {
                    let value = item.as_ref().unwrap().value;
                    assert!(values.contains(&value), "{codec:?} {place}: {value}");
                }
            }
        }
    }
}

#[test]
fn what_is_no_container_file_is_refused() {
    for bytes in [&b""[..], b"Obj", b"Obj\x02", b"{}", b"PK\x03\x04"] {
        let error = Reader::<_, Reading>::new(bytes).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Magic));
    }
    // A length that nothing follows.
    let error =
        Reader::<_, Reading>::new(&b"Obj\x01\x02\xfe\xff\xff\xff\xff\xff\x01"[..]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Header));
    assert_eq!(error.to_string(), "header of an Avro file");
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "the header of the file is broken");
}

#[test]
fn a_header_beyond_the_limit_is_refused() {
    let file = file(Codec::Null, &readings(1));
    let at = |limit| Reader::<_, Reading>::builder(&file[..]).max_header_len(limit).build().is_ok();
    let len = frames(&file)[0];
    assert!(at(len));
    assert!(!at(len - 1));
}

#[test]
fn headers_without_schema_or_codec_are_refused() {
    let header = |entries: &[(&str, &str)]| {
        let mut file = b"Obj\x01".to_vec();
        file.extend(to_datum(&(entries.len() as i64)));
        for (key, value) in entries {
            file.extend(to_datum(&(*key).to_owned()));
            file.extend(to_datum(&(*value).to_owned()));
        }
        file.push(0);
        file.extend(MARKER);
        Reader::<_, Reading>::new(&file[..])
            .map(|_| ())
            .map_err(|error| format!("{:?}", error.kind()))
    };
    assert_eq!(header(&[("avro.codec", "null")]), Err("Header".into()));
    assert_eq!(header(&[("avro.schema", super::SCHEMA)]), Ok(()));
    let unknown = [("avro.schema", super::SCHEMA), ("avro.codec", "lzma9")];
    assert_eq!(header(&unknown), Err(r#"Codec { name: "lzma9", feature: None }"#.into()));
    assert!(header(&[("avro.schema", "{")]).unwrap_err().starts_with("Schema("));
}

#[test]
fn an_unknown_codec_is_named_with_its_feature() {
    let shown = |name: &str, feature| ErrorKind::Codec { name: name.into(), feature }.to_string();
    assert_eq!(shown("lz\n4", None), r#"unknown codec "lz\n4""#);
    assert_eq!(
        shown("xz", Some("xz")),
        "the codec \"xz\" is not enabled: add the feature `xz` of `migration-events-avro`, or \
         `avro-xz` of `migration-events`",
    );
}

#[test]
fn a_broken_datum_is_one_error() {
    // Not UTF-8, in a string of the right length.
    let broken = [vec![6, b'E', 0xff, b'1'], datums([1])[4..].to_vec()].concat();
    let bytes = [datums([0]), broken, datums([2, 3])].concat();
    let file = blocks(&[(4, bytes), (1, datums([4]))]);
    assert_eq!(intact(&file), [0, 2, 3, 4]);
    let errors = errors(&file);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].offset(), frames(&file)[0] as u64);
    let ErrorKind::Datum { item: 1, start, error: ResolveError::Datum(error), lost: 0 } =
        errors[0].kind()
    else {
        panic!("{errors:?}");
    };
    assert_eq!(*start, datums([0]).len());
    assert_eq!((error.kind(), error.pointer()), (DatumErrorKind::Utf8, "/meter".to_owned()));
}

#[test]
fn a_misaligned_datum_loses_its_block() {
    // A length that reaches beyond the block.
    let bytes = [datums([0]), vec![0x7e], datums([1, 2])].concat();
    let file = blocks(&[(4, bytes), (2, datums([3, 4]))]);
    assert_eq!(intact(&file), [0, 3, 4]);
    let errors = errors(&file);
    assert_eq!(errors.len(), 1);
    assert!(matches!(errors[0].kind(), ErrorKind::Datum { item: 1, lost: 2, .. }), "{errors:?}");
    assert!(
        errors[0].kind().to_string().ends_with("; 2 more of the block are lost"),
        "{}",
        errors[0].kind()
    );
}

#[test]
fn a_wrong_datum_count_is_an_error() {
    let file = blocks(&[(1, datums([0, 1])), (1, datums([2]))]);
    assert_eq!(intact(&file), [0, 2]);
    assert!(matches!(errors(&file)[0].kind(), ErrorKind::TrailingBytes { .. }));

    let file = blocks(&[(3, datums([0, 1])), (1, datums([2]))]);
    assert_eq!(intact(&file), [0, 1, 2]);
    assert!(matches!(errors(&file)[0].kind(), ErrorKind::Datum { item: 2, lost: 0, .. }));
}

#[test]
fn invalid_lengths_lose_only_their_block() {
    for (count, len) in [
        (to_datum(&-1_i64), to_datum(&5_i64)),
        (to_datum(&1_i64), to_datum(&-5_i64)),
        (to_datum(&1_i64), to_datum(&i64::MAX)),
        (to_datum(&1_i64), to_datum(&i64::MIN)),
        (to_datum(&1_i64), to_datum(&(1_i64 << 20))),
        (vec![0x80; 12], vec![]),
        (to_datum(&i64::MAX), to_datum(&0_i64)),
    ] {
        let mut file = blocks(&[(1, datums([0]))]);
        let offset = file.len() as u64;
        file.extend([&count[..], &len, &datums([1]), &MARKER].concat());
        file.extend(&blocks(&[(1, datums([2]))])[frames(&blocks(&[]))[0]..]);
        assert_eq!(intact(&file), [0, 2], "{count:?} {len:?}");
        let errors = errors(&file);
        assert_eq!(errors.len(), 1, "{count:?} {len:?}");
        assert_eq!(errors[0].offset(), offset);
    }
}

#[test]
fn the_block_after_garbage_is_found() {
    for garbage in [&b"garbage"[..], &[0; 100], &[0xff; 100], &MARKER[..15]] {
        let one = blocks(&[(1, datums([0]))]);
        let next = blocks(&[(1, datums([1])), (1, datums([2]))]);
        let next = &next[frames(&next)[0]..];
        let file = [&one[..], garbage, next].concat();
        let values = intact(&file);
        // The block that the garbage stands before has no marker of its own before it.
        assert_eq!((values[0], values.last()), (0, Some(&2)), "{garbage:?}");
        assert!(!errors(&file).is_empty());
    }
}

#[test]
fn a_second_marker_in_a_row_is_garbage() {
    let one = blocks(&[(1, datums([0]))]);
    let next = blocks(&[(1, datums([1]))]);
    let file = [&one[..], &MARKER, &next[frames(&next)[0]..]].concat();
    let values = intact(&file);
    assert_eq!(values[0], 0);
}

#[test]
fn no_value_is_in_an_error() {
    let bytes = [vec![6, b'E', 0xff, b'1'], datums([1])[4..].to_vec()].concat();
    let secret = migration_events::avro::to_datum(&"4111-1111".to_owned());
    let file = blocks(&[(1, bytes), (3, [secret, vec![0x80; 11]].concat())]);
    for error in errors(&file) {
        assert!(!format!("{error} {error:?} {}", error.kind()).contains("4111"));
    }
    assert!(read(&file).is_err());
}

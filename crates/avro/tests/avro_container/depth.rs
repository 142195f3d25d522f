//! Datums that nest deeper than the limit.

use migration_events::avro::container::{ErrorKind, Reader, Writer};
use migration_events::avro::{
    AvroContract, AvroSchema, Cursor, Datum, DatumError, DatumErrorKind, ResolveError,
    write_nullable,
};

/// A list without values.
#[derive(Debug, PartialEq)]
struct Chain(Option<Box<Chain>>);

impl Datum for Chain {
    const NAME: &'static str = "test.Chain";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.nested(|cursor| cursor.nullable_field("next", Self::NAME, 0).map(Self))
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_nullable(&self.0, 0, out);
    }
}

impl AvroContract for Chain {
    const SCHEMA: &'static AvroSchema = &AvroSchema::__new(
        "test.Chain",
        r#"{"type":"record","name":"test.Chain","fields":[{"name":"next","type":["null","test.Chain"]}]}"#,
        "",
        0,
        [0; 16],
        [0; 32],
    );
}

fn chain(len: usize) -> Chain {
    (1..len).fold(Chain(None), |chain, _| Chain(Some(Box::new(chain))))
}

#[test]
fn deep_datums_are_one_error_and_can_be_allowed() {
    let mut writer = Writer::new(Vec::new()).unwrap();
    for len in [10, 100, 5] {
        writer.append(&chain(len)).unwrap();
    }
    let file = writer.into_inner().unwrap();

    let items: Vec<_> = Reader::<_, Chain>::new(&file[..]).unwrap().collect();
    assert_eq!(items.len(), 3);
    assert_eq!((items[0].as_ref().unwrap(), items[2].as_ref().unwrap()), (&chain(10), &chain(5)));
    let ErrorKind::Datum { error: ResolveError::Datum(error), lost: 0, .. } =
        items[1].as_ref().unwrap_err().kind()
    else {
        panic!("{:?}", items[1]);
    };
    assert_eq!(error.kind(), DatumErrorKind::Depth { limit: 127 });

    let reader = Reader::<_, Chain>::builder(&file[..]).max_depth(200).build().unwrap();
    let items: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(items, [10, 100, 5].map(chain));
}

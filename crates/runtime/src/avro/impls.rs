//! [`Datum`] for the building blocks of generated types.

use super::cursor::Cursor;
use super::datum::{Datum, Union, write_bytes, write_index, write_long};
use super::error::{DatumError, DatumErrorKind};
use super::{Bytes, Decimal, Duration, Fixed, FixedDecimal, FixedUuid, NullUnion, blocks};
use crate::Uuid;
use crate::json::Map;

impl Datum for () {
    const NAME: &'static str = "null";

    #[inline]
    fn read(_: &mut Cursor<'_>) -> Result<Self, DatumError> {
        Ok(())
    }

    #[inline]
    fn write(&self, _: &mut Vec<u8>) {}
}

impl Datum for bool {
    const NAME: &'static str = "boolean";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.boolean()
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

impl Datum for i32 {
    const NAME: &'static str = "int";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.int()
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_long((*self).into(), out);
    }
}

impl Datum for i64 {
    const NAME: &'static str = "long";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.long()
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_long(*self, out);
    }
}

impl Datum for f32 {
    const NAME: &'static str = "float";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.float()
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
}

impl Datum for f64 {
    const NAME: &'static str = "double";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.double()
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
}

impl Datum for String {
    const NAME: &'static str = "string";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.string().map(String::from)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), out);
    }
}

/// A `string` (Avro logical type `uuid`).
impl Datum for Uuid {
    const NAME: &'static str = "string";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        let before = cursor.remaining();
        let text = cursor.string()?;
        Uuid::parse(text).map_err(|_| cursor.error_at(before, DatumErrorKind::Uuid))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        self.with_text(|text| write_bytes(text.as_bytes(), out));
    }
}

impl Datum for Bytes {
    const NAME: &'static str = "bytes";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.bytes().map(|bytes| bytes.to_vec().into())
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_bytes(self, out);
    }
}

impl<const SCALE: u32, const PRECISION: u32> Datum for Decimal<SCALE, PRECISION> {
    const NAME: &'static str = "bytes";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.bytes().map(|bytes| Self::from_bytes(bytes.to_vec()))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_bytes(self.as_bytes(), out);
    }
}

impl<const N: usize> Datum for Fixed<N> {
    const NAME: &'static str = "fixed";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.array::<N>().map(Self::from)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_ref());
    }
}

impl<const N: usize, const SCALE: u32, const PRECISION: u32> Datum
    for FixedDecimal<N, SCALE, PRECISION>
{
    const NAME: &'static str = "fixed";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.array().map(Self::from_bytes)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Datum for FixedUuid {
    const NAME: &'static str = "fixed";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.array().map(Self::from_bytes)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Datum for NullUnion {
    const NAME: &'static str = "union";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        match cursor.branch()? {
            0 => Ok(Self),
            _ => Err(cursor.no_such_branch()),
        }
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_index(0, out);
    }
}

impl Datum for Duration {
    const NAME: &'static str = "fixed";

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        cursor.array().map(Self::from_bytes)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_bytes());
    }
}

/// Logical types over a count.
macro_rules! counts {
    ($($name:ident($count:ty)),* $(,)?) => {$(
        impl Datum for super::$name {
            const NAME: &'static str = <$count as Datum>::NAME;

            #[inline]
            fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
                <$count>::read(cursor).map(Self::new)
            }

            #[inline]
            fn write(&self, out: &mut Vec<u8>) {
                self.get().write(out);
            }
        }
    )*};
}

counts! {
    Date(i32),
    TimeMillis(i32),
    TimeMicros(i64),
    TimestampMillis(i64),
    TimestampMicros(i64),
    TimestampNanos(i64),
    LocalTimestampMillis(i64),
    LocalTimestampMicros(i64),
    LocalTimestampNanos(i64),
}

impl<T: Datum> Datum for Vec<T> {
    const NAME: &'static str = "array";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        let mut items = Vec::new();
        cursor.blocks(|cursor| {
            items.push(T::read(cursor)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn write(&self, out: &mut Vec<u8>) {
        blocks::write(self.iter(), T::write, out);
    }
}

/// Keys must be unique, as everywhere in this crate: the specification does not say which of two
/// values would count.
impl<T: Datum> Datum for Map<T> {
    const NAME: &'static str = "map";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        let mut map = Map::new();
        cursor.blocks(|cursor| {
            let before = cursor.remaining();
            let key = cursor.string()?;
            if map.insert(key, T::read(cursor)?).is_some() {
                return Err(cursor.error_at(before, DatumErrorKind::RepeatedKey));
            }
            Ok(())
        })?;
        Ok(map)
    }

    fn write(&self, out: &mut Vec<u8>) {
        let entry = |(key, value): (&str, &T), out: &mut Vec<u8>| {
            write_bytes(key.as_bytes(), out);
            value.write(out);
        };
        blocks::write(self.iter(), entry, out);
    }
}

impl<T: Datum> Datum for Box<T> {
    const NAME: &'static str = T::NAME;

    #[inline]
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        T::read(cursor).map(Box::new)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        T::write(self, out);
    }
}

impl<T: Union> Union for Box<T> {
    const NULL: Option<usize> = T::NULL;

    #[inline]
    fn read_branch(index: usize, cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        T::read_branch(index, cursor).map(Box::new)
    }
}

/// A union with a branch that is null.
impl<T: Union> Datum for Option<T> {
    const NAME: &'static str = "union";

    fn read(cursor: &mut Cursor<'_>) -> Result<Self, DatumError> {
        let index = cursor.branch()?;
        if Some(index) == T::NULL {
            return Ok(None);
        }
        T::read_branch(index, cursor).map(Some)
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            // Only places of unions with a null branch hold an `Option`.
            None => write_index(T::NULL.unwrap_or_default(), out),
        }
    }
}

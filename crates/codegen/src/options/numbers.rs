//! The Rust types of numbers that a service chooses.

/// The Rust types of the numbers of JSON schemas, see [`Options::numbers`](crate::Options::numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbers {
    /// `i64`, `u64` or `rust_decimal::Decimal`, also where the bounds of the contract go beyond these: a number that
    /// the type does not hold is a violation.
    Fixed,
    /// For an integer the narrowest type that its bounds allow, from `i8` and `u8` on, or that its `format` names
    /// (`int8` to `int64`, `uint8` to `uint64`). A number beyond a type that only the `format` names is a violation.
    Narrow,
    /// `json::Number`, which holds any number and writes its text back.
    AsWritten,
}

/// The choices for all numbers, in the order of the calls.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NumberChoices(pub(crate) Vec<NumberChoice>);

/// The choice for some numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NumberChoice {
    /// `*`, the file and the pointer of a schema, or the name of a type.
    pub(crate) of: String,
    pub(crate) numbers: Numbers,
    /// File and pointer of the schemas of the type that `of` names.
    pub(crate) schemas: Vec<(String, String)>,
}

/// The extent of a choice; the later ones precede the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    Family,
    Type,
    Place,
}

impl NumberChoice {
    pub(crate) fn extent(&self) -> Extent {
        match self.of.as_str() {
            "*" => Extent::Family,
            of if of.contains('#') => Extent::Place,
            _ => Extent::Type,
        }
    }
}

impl NumberChoices {
    /// Returns whether a choice names a type.
    pub(crate) fn name_types(&self) -> bool {
        self.0.iter().any(|choice| choice.extent() == Extent::Type)
    }

    /// Returns the index of the choice for a number, if there is one. `own` are the file and the pointer of each
    /// schema that describes it, `around` those of the type that it is a part of.
    pub(crate) fn find(&self, own: &[(&str, &str)], around: Option<(&str, &str)>) -> Option<usize> {
        let is_meant = |choice: &NumberChoice| match choice.extent() {
            Extent::Family => true,
            Extent::Place => {
                let place = choice.of.split_once('#');
                place.is_some_and(|place| own.contains(&place))
            }
            Extent::Type => choice.schemas.iter().any(|(file, pointer)| {
                let schema = (file.as_str(), pointer.as_str());
                own.contains(&schema) || around == Some(schema)
            }),
        };
        let meant = self.0.iter().enumerate().filter(|(_, choice)| is_meant(choice));
        // The last of the narrowest extent.
        meant.max_by_key(|(_, choice)| choice.extent()).map(|(index, _)| index)
    }
}

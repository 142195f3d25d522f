//! The rows in which generated code writes its [`Schema`](super::schema::Schema) tables.
//!
//! ```text
//! schemas! {
//!     json_schema;
//!     ORDER "" {
//!         object, required: ["id"],
//!         properties: {"id": {string, format: Uuid}, "note": {null | string, maxLength: 80}, "lines": LINES},
//!         additionalProperties: false
//!     }
//!     LINES "/properties/lines" {array, items: {integer, fits: Integer64}}
//! }
//! ```
//!
//! The first word is `avro` where the assertions are not keywords below the pointer. A row is the name of a
//! static, the pointer of the schema and, in braces, its assertions. A schema inside another one is
//!
//! * the name of another row,
//! * `{…}` or `false`, at the pointer that follows from its place: below the keyword and its key or index,
//! * `(at "pointer" {…})`, at any other pointer.
//!
//! Where a keyword lists schemas, the number before each is its index in the contract.

/// Statics of type `Schema`.
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    (json_schema; $($rows:tt)*) => {
        $crate::__schemas!(@true $($rows)*);
    };
    (avro; $($rows:tt)*) => {
        $crate::__schemas!(@false $($rows)*);
    };
    (@$has_keywords:tt $($name:ident $pointer:literal {$($assertions:tt)*})*) => {
        $(pub(super) static $name: $crate::validate::schema::Schema =
            $crate::__schema!($has_keywords, $pointer; $($assertions)*);)*
    };
}

/// A `Schema`: whether it has keywords, its pointer, its assertions.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ($has_keywords:tt, $pointer:expr; $($($keyword:ident)|+ $(: $value:tt)?),*) => {
        $crate::validate::schema::Schema {
            has_keywords: $has_keywords,
            pointer: $pointer,
            assertions: &[$(
                $crate::__assertion!(($has_keywords, $pointer) $($keyword)|+ $(: $value)?)
            ),*],
        }
    };
}

/// A reference to a schema inside another one: whether that one has keywords and its pointer, the way down
/// from there, the schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __inner_schema {
    (($has_keywords:tt, $pointer:expr) [$($down:tt)*] false) => {
        &$crate::__schema!($has_keywords, ::core::concat!($pointer $(, $down)*); never)
    };
    ($around:tt $down:tt $name:ident) => {
        &$name
    };
    (($has_keywords:tt, $pointer:expr) [$($down:tt)*] {$($assertions:tt)*}) => {
        &$crate::__schema!($has_keywords, ::core::concat!($pointer $(, $down)*); $($assertions)*)
    };
    (($has_keywords:tt, $around:expr) $down:tt (at $pointer:literal $schema:tt)) => {
        $crate::__inner_schema!(($has_keywords, $pointer) [] $schema)
    };
}

/// An `Assertion`: whether the schema that makes it has keywords and its pointer, the keyword, the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __assertion {
    ($s:tt properties: {$($key:literal: $schema:tt),*}) => {
        $crate::validate::schema::Assertion::Properties(
            &[$(($key, $crate::__inner_schema!($s ["/properties/" $key] $schema))),*],
        )
    };
    ($s:tt required: [$($key:literal),*]) => {
        $crate::validate::schema::Assertion::Required(&[$($key),*])
    };
    ($s:tt additionalProperties: $schema:tt) => {
        $crate::validate::schema::Assertion::AdditionalProperties(
            $crate::__inner_schema!($s ["/additionalProperties"] $schema),
        )
    };
    ($s:tt format: $format:ident) => {
        $crate::validate::schema::Assertion::Format($crate::__format!($format))
    };
    ($s:tt fits: $type:ident) => {
        $crate::validate::schema::Assertion::Representation(
            $crate::validate::schema::Representation::$type,
        )
    };
    ($s:tt enum: [$($json:tt),*]) => {
        $crate::validate::schema::Assertion::Enum(&[$($crate::__json_text!($json)),*])
    };
    ($s:tt const: $json:tt) => {
        $crate::validate::schema::Assertion::Const($crate::__json_text!($json))
    };
    ($s:tt items: $schema:tt) => {
        $crate::validate::schema::Assertion::Items($crate::__inner_schema!($s ["/items"] $schema))
    };
    ($s:tt ref: $schema:tt) => {
        $crate::validate::schema::Assertion::Reference($crate::__inner_schema!($s [] $schema))
    };
    ($s:tt allOf: [$($index:literal $schema:tt),*]) => {
        $crate::validate::schema::Assertion::AllOf(
            &[$($crate::__inner_schema!($s ["/allOf/" $index] $schema)),*],
        )
    };
    ($s:tt anyOf: [$($index:literal $schema:tt),*]) => {
        $crate::validate::schema::Assertion::AnyOf(
            &[$($crate::__inner_schema!($s ["/anyOf/" $index] $schema)),*],
        )
    };
    ($s:tt oneOf: [$($index:literal $schema:tt),*]) => {
        $crate::validate::schema::Assertion::OneOf(
            &[$($crate::__inner_schema!($s ["/oneOf/" $index] $schema)),*],
        )
    };
    ($s:tt not: $schema:tt) => {
        $crate::validate::schema::Assertion::Not($crate::__inner_schema!($s ["/not"] $schema))
    };
    ($s:tt if: [$condition:tt $(, then: $then:tt)? $(, else: $else:tt)?]) => {
        $crate::validate::schema::Assertion::If {
            condition: $crate::__inner_schema!($s ["/if"] $condition),
            then: $crate::__option!($($crate::__inner_schema!($s ["/then"] $then))?),
            otherwise: $crate::__option!($($crate::__inner_schema!($s ["/else"] $else))?),
        }
    };
    ($s:tt pattern: ($($pattern:tt)*)) => {
        $crate::validate::schema::Assertion::Pattern($crate::__pattern!($($pattern)*))
    };
    ($s:tt minLength: $limit:literal) => {
        $crate::validate::schema::Assertion::MinLength($limit)
    };
    ($s:tt maxLength: $limit:literal) => {
        $crate::validate::schema::Assertion::MaxLength($limit)
    };
    ($s:tt minimum: $limit:literal) => {
        $crate::validate::schema::Assertion::Minimum($limit)
    };
    ($s:tt maximum: $limit:literal) => {
        $crate::validate::schema::Assertion::Maximum($limit)
    };
    ($s:tt exclusiveMinimum: $limit:literal) => {
        $crate::validate::schema::Assertion::ExclusiveMinimum($limit)
    };
    ($s:tt exclusiveMaximum: $limit:literal) => {
        $crate::validate::schema::Assertion::ExclusiveMaximum($limit)
    };
    ($s:tt multipleOf: $divisor:literal) => {
        $crate::validate::schema::Assertion::MultipleOf($divisor)
    };
    ($s:tt minItems: $limit:literal) => {
        $crate::validate::schema::Assertion::MinItems($limit)
    };
    ($s:tt maxItems: $limit:literal) => {
        $crate::validate::schema::Assertion::MaxItems($limit)
    };
    ($s:tt uniqueItems) => {
        $crate::validate::schema::Assertion::UniqueItems
    };
    ($s:tt prefixItems: [$($index:literal $schema:tt),*]) => {
        $crate::validate::schema::Assertion::PrefixItems(
            &[$($crate::__inner_schema!($s ["/prefixItems/" $index] $schema)),*],
        )
    };
    // Whether they count as evaluated differs between the versions of JSON Schema.
    ($s:tt contains: [$schema:tt, evaluates: $evaluates:literal
        $(, min: $min:literal)? $(, max: $max:literal)?]) => {
        $crate::validate::schema::Assertion::Contains {
            schema: $crate::__inner_schema!($s ["/contains"] $schema),
            min: $crate::__option!($($min)?),
            max: $crate::__option!($($max)?),
            evaluates: $evaluates,
        }
    };
    ($s:tt unevaluatedItems: $schema:tt) => {
        $crate::validate::schema::Assertion::UnevaluatedItems(
            $crate::__inner_schema!($s ["/unevaluatedItems"] $schema),
        )
    };
    ($s:tt minProperties: $limit:literal) => {
        $crate::validate::schema::Assertion::MinProperties($limit)
    };
    ($s:tt maxProperties: $limit:literal) => {
        $crate::validate::schema::Assertion::MaxProperties($limit)
    };
    ($s:tt patternProperties: {$(($key:literal $($matcher:tt)*): $schema:tt),*}) => {
        $crate::validate::schema::Assertion::PatternProperties(&[$((
            $crate::__pattern!($key $($matcher)*),
            $crate::__inner_schema!($s ["/patternProperties/" $key] $schema),
        )),*])
    };
    ($s:tt unevaluatedProperties: $schema:tt) => {
        $crate::validate::schema::Assertion::UnevaluatedProperties(
            $crate::__inner_schema!($s ["/unevaluatedProperties"] $schema),
        )
    };
    ($s:tt propertyNames: $schema:tt) => {
        $crate::validate::schema::Assertion::PropertyNames(
            $crate::__inner_schema!($s ["/propertyNames"] $schema),
        )
    };
    ($s:tt dependencies: {$($key:literal: [$($other:literal),*]),*}) => {
        $crate::validate::schema::Assertion::Dependencies(&[$(($key, &[$($other),*])),*])
    };
    ($s:tt dependentRequired: {$($key:literal: [$($other:literal),*]),*}) => {
        $crate::validate::schema::Assertion::DependentRequired(&[$(($key, &[$($other),*])),*])
    };
    ($s:tt dependentSchemas: {$($key:literal: $schema:tt),*}) => {
        $crate::validate::schema::Assertion::DependentSchemas(
            &[$(($key, $crate::__inner_schema!($s ["/dependentSchemas/" $key] $schema))),*],
        )
    };
    // The attributes of Avro schemas: `fields` of a record, which has no other members; `values` of a map;
    // `size` of a fixed.
    ($s:tt fields: {$($index:literal $key:literal: $schema:tt),*}) => {
        $crate::validate::schema::Assertion::Properties(
            &[$(($key, $crate::__inner_schema!($s ["/fields/" $index "/type"] $schema))),*],
        )
    };
    ($s:tt closed) => {
        $crate::validate::schema::Assertion::AdditionalProperties(
            $crate::__inner_schema!($s [] false),
        )
    };
    ($s:tt values: $schema:tt) => {
        $crate::validate::schema::Assertion::AdditionalProperties(
            $crate::__inner_schema!($s ["/values"] $schema),
        )
    };
    ($s:tt size: $size:literal) => {
        $crate::validate::schema::Assertion::Format(
            $crate::validate::schema::Format::AvroFixed($size),
        )
    };
    ($s:tt union: {$($index:literal $name:literal: $schema:tt),*}) => {
        $crate::validate::schema::Assertion::Union {
            branches: &[$(($name, $crate::__inner_schema!($s ["/" $index] $schema))),*],
            nullable: false,
        }
    };
    ($s:tt nullable_union: {$($index:literal $name:literal: $schema:tt),*}) => {
        $crate::validate::schema::Assertion::Union {
            branches: &[$(($name, $crate::__inner_schema!($s ["/" $index] $schema))),*],
            nullable: true,
        }
    };
    ($s:tt external: ($($type:tt)+)) => {
        $crate::validate::schema::Assertion::External(|text: &str| {
            $crate::__private::takes::<$($type)+>(text)
        })
    };
    ($s:tt never) => {
        $crate::validate::schema::Assertion::Never
    };
    // All that remains: `string`, `null | integer`.
    ($s:tt $($type:ident)|+) => {
        $crate::validate::schema::Assertion::Types(
            $crate::validate::schema::Types($($crate::__private::types::$type)|+),
        )
    };
}

/// A `Pattern`: a text that has one character of a set, or one that a regular expression finds.
#[doc(hidden)]
#[macro_export]
macro_rules! __pattern {
    ($pattern:literal any $set:pat) => {
        $crate::validate::schema::Pattern {
            text: $pattern,
            matches: |text: &str| {
                ::core::option::Option::Some(text.chars().any(|sign| ::core::matches!(sign, $set)))
            },
        }
    };
    ($pattern:literal regex $regex:literal) => {
        $crate::validate::schema::Pattern {
            text: $pattern,
            matches: |text: &str| {
                ::core::option::Option::Some($crate::__regex_matches!($regex, text))
            },
        }
    };
    ($pattern:literal backtracking $regex:literal) => {
        $crate::validate::schema::Pattern {
            text: $pattern,
            matches: |text: &str| $crate::__backtracking_matches!($regex, text),
        }
    };
}

/// Compact JSON text: of `null`, `true`, `false`; of a string without escapes; of any other value.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_text {
    ($word:ident) => {
        ::core::stringify!($word)
    };
    ($string:literal) => {
        ::core::concat!("\"", $string, "\"")
    };
    ((json $json:literal)) => {
        $json
    };
}

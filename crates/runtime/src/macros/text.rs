//! Strings of a certain form.
//!
//! ```text
//! text! { Code, schema::CODE; min_length(1); contains('0'..='9' | 'a'..='z'); }
//! ```
//!
//! Each row is a condition: `min_length` and `max_length` in Unicode code points, `format`, a `regex`, a pattern
//! that needs `backtracking`, or `contains` for a pattern that asks for one character of a set.

/// A newtype around a string that satisfies all conditions.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    (
        $text:ident, $schema:path $(, verify $whole:path)?;
        $($condition:ident($($argument:tt)*);)*
    ) => {
        #[allow(deprecated)]
        impl $text {
            /// Takes a text that satisfies the contract.
            ///
            /// # Errors
            /// The first violation, without the text.
            pub fn new(
                text: impl ::core::convert::Into<::std::string::String>,
            ) -> ::core::result::Result<Self, $crate::validate::ViolationKind> {
                let text = text.into();
                if Self::is_valid(&text) {
                    ::core::result::Result::Ok(Self(text))
                } else {
                    ::core::result::Result::Err($crate::__private::text_violation(&text, &$schema))
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            fn is_valid(text: &str) -> bool {
                $($crate::__text_condition!(text, $condition $($argument)*))&&*
            }
        }

        #[allow(deprecated)]
        impl ::core::ops::Deref for $text {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $text {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.0)
            }
        }

        #[allow(deprecated)]
        impl ::core::str::FromStr for $text {
            type Err = $crate::validate::ViolationKind;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::validate::ViolationKind> {
                Self::new(text)
            }
        }

        #[allow(deprecated)]
        impl $crate::builder::FromText for $text {
            fn from_text(text: &str) -> ::core::option::Option<Self> {
                Self::is_valid(text).then(|| Self(::std::string::String::from(text)))
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<$text> for ::std::string::String {
            fn from(text: $text) -> Self {
                text.0
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Decode for $text {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                let text = reader.string()?;
                if Self::is_valid(&text) {
                    ::core::result::Result::Ok(Self(text.into_owned()))
                } else {
                    ::core::result::Result::Err($crate::json::Stop::Mismatch)
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $text {
            fn encode(&self, out: &mut ::std::string::String) {
                $crate::json::Encode::encode(&self.0, out);
            }
        }

        $crate::__described!($text, $schema);
    };
}

/// True if a text satisfies one condition.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_condition {
    ($text:ident, min_length $limit:literal) => {
        $text.chars().count() as u64 >= $limit
    };
    ($text:ident, max_length $limit:literal) => {
        $text.chars().count() as u64 <= $limit
    };
    ($text:ident, format $format:ident) => {
        $crate::__format!($format).matches($text)
    };
    ($text:ident, format $($format:tt)*) => {
        $crate::validate::schema::Format::$($format)*.matches($text)
    };
    ($text:ident, contains $($signs:tt)*) => {
        $text.chars().any(|sign| ::core::matches!(sign, $($signs)*))
    };
    ($text:ident, regex $pattern:literal) => {
        $crate::__regex_matches!($pattern, $text)
    };
    ($text:ident, backtracking $pattern:literal) => {
        $crate::__backtracking_matches!($pattern, $text)
            == ::core::option::Option::Some(true)
    };
}

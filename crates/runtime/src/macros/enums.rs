//! Enums of scalars: closed sets of texts, open ones, and sets of values of any type.
//!
//! ```text
//! string_enum! { State, schema::STATE; "ON" => On; "OFF" => Off; }
//! ```
//!
//! Each row has a value and its variant. `as` precedes the JSON form of a text that needs escapes.

/// A closed set of texts.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    (
        $enum:ident, $schema:path $(, verify $whole:path)?;
        $($value:literal $(as $json:literal)? => $variant:ident;)*
    ) => {
        $crate::__set! {
            $enum, $schema, as_str, "The value as it is on the wire."; $($value => $variant;)*
        }

        #[allow(deprecated)]
        impl ::core::str::FromStr for $enum {
            type Err = $crate::validate::ViolationKind;

            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::validate::ViolationKind> {
                match text {
                    $($value => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::validate::ViolationKind::Enum {
                        options: &[$($crate::__quoted!($value $(as $json)?)),*],
                    }),
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::builder::FromText for $enum {
            fn from_text(text: &str) -> ::core::option::Option<Self> {
                text.parse().ok()
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Decode for $enum {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                reader.peek()?;
                let head = reader.head();
                $(if reader.skip_if($crate::__token!($value $(as $json)?), head) {
                    return ::core::result::Result::Ok(Self::$variant);
                })*
                // The same text in another spelling, or another text.
                reader.string()?.parse().map_err(|_| $crate::json::Stop::Mismatch)
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $enum {
            fn encode(&self, out: &mut ::std::string::String) {
                out.push_str(match self {
                    $(Self::$variant => $crate::__quoted!($value $(as $json)?),)*
                });
            }
        }
    };
}

/// A set of scalars that are not all strings, each as JSON text.
#[doc(hidden)]
#[macro_export]
macro_rules! __literals {
    ($enum:ident, $schema:path $(, verify $whole:path)?; $($value:literal => $variant:ident;)*) => {
        $crate::__set! {
            $enum, $schema, as_json, "The value as JSON text, as the contract writes it.";
            $($value => $variant;)*
        }

        #[allow(deprecated)]
        impl $crate::json::Decode for $enum {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                let index = $crate::__private::literal(reader, &[$($value),*])?;
                Self::VALUES.get(index).copied().ok_or($crate::json::Stop::Mismatch)
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $enum {
            fn encode(&self, out: &mut ::std::string::String) {
                out.push_str(self.as_json());
            }
        }
    };
}

/// The implementations that all closed sets share.
#[doc(hidden)]
#[macro_export]
macro_rules! __set {
    ($enum:ident, $schema:path, $text:ident, $doc:literal; $($value:literal => $variant:ident;)*) => {
        #[allow(deprecated)]
        impl $enum {
            /// All values, in the order of the contract.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            #[doc = $doc]
            #[must_use]
            pub const fn $text(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.$text())
            }
        }

        $crate::__described!($enum, $schema);
    };
}

/// Known texts, and any other one in the variant `Other`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    (
        $enum:ident, $schema:path $(, verify $whole:path)?;
        $($value:literal $(as $json:literal)? => $variant:ident;)*
    ) => {
        #[allow(deprecated)]
        impl $enum {
            /// The known values, in the order of the contract.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(other) => other,
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $enum {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    other => Self::Other(::std::string::String::from(other)),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<::std::string::String> for $enum {
            fn from(text: ::std::string::String) -> Self {
                Self::from(&*text)
            }
        }

        #[allow(deprecated)]
        impl $crate::builder::IntoInner<$enum> for &str {
            fn into_inner(self) -> ::core::result::Result<$enum, $crate::json::RawJson> {
                ::core::result::Result::Ok(self.into())
            }
        }

        #[allow(deprecated)]
        impl ::core::str::FromStr for $enum {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Decode for $enum {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Stop> {
                $($crate::__private::verify(reader, &$whole)?;)?
                reader.peek()?;
                let head = reader.head();
                $(if reader.skip_if($crate::__token!($value $(as $json)?), head) {
                    return ::core::result::Result::Ok(Self::$variant);
                })*
                reader.string().map(|text| Self::from(&*text))
            }
        }

        #[allow(deprecated)]
        impl $crate::json::Encode for $enum {
            fn encode(&self, out: &mut ::std::string::String) {
                match self {
                    $(Self::$variant => out.push_str($crate::__quoted!($value $(as $json)?)),)*
                    Self::Other(other) => $crate::json::Encode::encode(other, out),
                }
            }
        }

        $crate::__described!($enum, $schema);
    };
}

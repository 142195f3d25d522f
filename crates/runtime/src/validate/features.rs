//! Parts of generated code that need a feature of this crate. Without it, the error of the build names the
//! feature: the generator cannot know the features that the service enables.

/// The format of a row.
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    (Email) => {
        $crate::__format_email!(Email)
    };
    (IdnEmail) => {
        $crate::__format_email!(IdnEmail)
    };
    (Hostname) => {
        $crate::__format_hostname!(Hostname)
    };
    (IdnHostname) => {
        $crate::__format_hostname!(IdnHostname)
    };
    (Regex) => {
        $crate::__format_regex!(Regex)
    };
    (Uri) => {
        $crate::__format_uri!(Uri)
    };
    (UriReference) => {
        $crate::__format_uri!(UriReference)
    };
    (Iri) => {
        $crate::__format_uri!(Iri)
    };
    (IriReference) => {
        $crate::__format_uri!(IriReference)
    };
    ($format:ident) => {
        $crate::validate::schema::Format::$format
    };
}

#[cfg(feature = "format-email")]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_email {
    ($format:ident) => {
        $crate::validate::schema::Format::$format
    };
}

#[cfg(not(feature = "format-email"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_email {
    ($format:ident) => {
        $crate::__unchecked_format!($format, "format-email")
    };
}

#[cfg(feature = "format-hostname")]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_hostname {
    ($format:ident) => {
        $crate::validate::schema::Format::$format
    };
}

#[cfg(not(feature = "format-hostname"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_hostname {
    ($format:ident) => {
        $crate::__unchecked_format!($format, "format-hostname")
    };
}

#[cfg(feature = "format-regex")]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_regex {
    ($format:ident) => {
        $crate::validate::schema::Format::$format
    };
}

#[cfg(not(feature = "format-regex"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_regex {
    ($format:ident) => {
        $crate::__unchecked_format!($format, "format-regex")
    };
}

#[cfg(feature = "format-uri")]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_uri {
    ($format:ident) => {
        $crate::validate::schema::Format::$format
    };
}

#[cfg(not(feature = "format-uri"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __format_uri {
    ($format:ident) => {
        $crate::__unchecked_format!($format, "format-uri")
    };
}

/// The error of a format whose feature is not enabled. The format that it expands to hides no further error.
#[doc(hidden)]
#[macro_export]
macro_rules! __unchecked_format {
    ($format:ident, $feature:literal) => {{
        ::core::compile_error!(::core::concat!(
            "a contract has the format `",
            ::core::stringify!($format),
            "`, which is checked with the feature `",
            $feature,
            "` of `migration-events-runtime`: enable it in Cargo.toml, or leave formats unchecked with the \
             generator's option `formats(Formats::Annotated)`",
        ));
        $crate::validate::schema::Format::Time
    }};
}

/// A regular expression of a row.
#[cfg(feature = "regex")]
#[doc(hidden)]
#[macro_export]
macro_rules! __regex_matches {
    ($regex:literal, $text:expr) => {{
        static REGEX: $crate::__private::Regex = $crate::__private::Regex::new($regex);
        REGEX.is_match($text)
    }};
}

/// A regular expression of a row, without the feature that it needs.
#[cfg(not(feature = "regex"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __regex_matches {
    ($regex:literal, $text:expr) => {{
        ::core::compile_error!(::core::concat!(
            "a contract has the pattern `",
            $regex,
            "`, which is matched with the feature `regex` of `migration-events-runtime`: enable it in Cargo.toml",
        ));
        $text.is_empty()
    }};
}

/// A pattern of a row that needs backtracking.
#[cfg(feature = "backtracking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __backtracking_matches {
    ($regex:literal, $text:expr) => {{
        static REGEX: $crate::__private::Backtracking =
            $crate::__private::Backtracking::new($regex);
        REGEX.is_match($text)
    }};
}

/// A pattern of a row that needs backtracking, without the feature that it needs.
#[cfg(not(feature = "backtracking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __backtracking_matches {
    ($regex:literal, $text:expr) => {{
        ::core::compile_error!(::core::concat!(
            "a contract has the pattern `",
            $regex,
            "` with look-around or a back-reference, which is matched with the feature `backtracking` of \
             `migration-events-runtime`: enable it in Cargo.toml",
        ));
        ::core::option::Option::Some($text.is_empty())
    }};
}

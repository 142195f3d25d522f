//! A codec as the comparison sees it: text in; text or complaints out.

use migration_events::Event;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a message and writes it back.
pub type Rewrite = fn(&str) -> Result<String, Refusal>;

/// Why a message was not read.
#[derive(Debug)]
pub struct Refusal {
    /// The reported problems, as far as the codec names them.
    pub complaints: Vec<Complaint>,
    /// The error as it would be logged.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Debug)]
pub struct Complaint {
    /// Where, and which keyword is broken, if it was said.
    pub place: Option<(String, String)>,
}

impl Refusal {
    /// One complaint that names no place.
    pub fn unplaced(error: &impl std::fmt::Display) -> Self {
        Self { complaints: vec![Complaint { place: None }], text: error.to_string() }
    }
}

/// Types of serde, which stop at the first thing that is wrong.
///
/// # Errors
/// Reads and rewrites a message with `serde_json`.
pub fn serde<T: DeserializeOwned + Serialize>(message: &str) -> Result<String, Refusal> {
    let value: T = serde_json::from_str(message).map_err(|error| Refusal::unplaced(&error))?;
    // A value that cannot be written is lost.
    Ok(serde_json::to_string(&value).unwrap_or_default())
}

/// Types of this project.
///
/// # Errors
/// The rejection.
pub fn ours<T: Event>(message: &str) -> Result<String, Refusal> {
    let rejection = match T::from_json(message.as_bytes()) {
        Ok(event) => return Ok(event.to_json()),
        Err(rejection) => rejection,
    };
    let place = |violation: &migration_events::Violation| {
        (violation.instance_pointer().to_owned(), violation.kind().name().to_owned())
    };
    let complaints =
        rejection.violations().iter().map(|it| Complaint { place: Some(place(it)) }).collect();
    Err(Refusal { complaints, text: rejection.to_string() })
}

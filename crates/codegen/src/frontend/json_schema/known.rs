//! The schemas of all documents of a run that have been met.

use crate::model::{RuleId, Slot};
use std::collections::{BTreeMap, HashMap};

/// Rules and types of schemas, so that a definition that many contracts refer to is one type.
///
/// Places are absolute: the name of the document, `#` and a pointer.
#[derive(Default)]
pub(crate) struct Known {
    pub(super) rules: BTreeMap<String, RuleId>,
    /// Rules for values that several schemas describe.
    pub(super) combined: HashMap<Vec<String>, RuleId>,
    pub(super) slots: HashMap<Vec<String>, Slot>,
}

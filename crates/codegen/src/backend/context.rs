//! The facts that emission reads.

use super::facts::avro::AvroTypes;
use super::facts::contracts::Contracts;
use super::facts::externals::Externals;
use super::facts::names::Names;
use super::facts::recursion::Recursion;
use super::facts::schemas::Schemas;
use super::overrides::Extras;
use super::paths::Paths;
use crate::model::Model;

/// A model, the facts about it, and the choices of the caller. The functions of each concern read it; none
/// is a method here, so that a concern depends only on those that it names.
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(super) names: Names,
    pub(super) schemas: Schemas,
    pub(super) recursion: Recursion,
    pub(super) avro: AvroTypes,
    pub(super) contracts: Contracts<'m>,
    pub(super) externals: Externals<'m>,
    pub(super) extras: Extras,
    pub(super) paths: Paths,
    pub(super) family: &'m str,
}

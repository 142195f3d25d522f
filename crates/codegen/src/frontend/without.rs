//! In place of frontends whose features are off: the same functions, which read nothing.

/// In place of the frontend for Avro schemas.
#[cfg(not(feature = "avro"))]
pub(crate) mod avro {
    use crate::error::Problem;
    use crate::frontend::kind::Kind;
    use crate::model::Model;
    use crate::tree::Tree;

    /// The named types of no schema.
    #[derive(Default)]
    pub(crate) struct Collection {}

    impl Collection {
        pub(crate) fn add(&mut self, _: &str, _: &str, _: &Tree, _: &Tree) -> Vec<Problem> {
            Vec::new()
        }
    }

    /// The result of reading a schema.
    pub(crate) enum Read {
        Contract,
        Repeated,
    }

    pub(crate) fn is_shared(_: &Tree) -> bool {
        false
    }

    pub(crate) fn read_at(
        file: &str,
        place: &str,
        _: &str,
        _: (&Tree, &Tree),
        _: &Collection,
        _: &mut Model,
    ) -> Result<Read, Vec<Problem>> {
        Err(vec![Kind::Avro.needs_feature(file, place)])
    }

    pub(crate) fn share(
        file: &str,
        place: &str,
        _: &Tree,
        _: &Collection,
        _: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        Err(vec![Kind::Avro.needs_feature(file, place)])
    }

    pub(crate) mod protocol {
        use super::{Kind, Problem, Tree};

        pub(crate) fn types(file: &str, _: &Tree) -> Result<Vec<(String, Tree)>, Problem> {
            Err(Kind::Avro.needs_feature(file, ""))
        }
    }
}

/// In place of the frontend for AsyncAPI.
#[cfg(not(feature = "asyncapi"))]
pub(crate) mod asyncapi {
    use crate::error::Problem;
    use crate::frontend::avro::Collection;
    use crate::frontend::json_schema::{Known, Registry};
    use crate::frontend::kind::Kind;
    use crate::model::Model;
    use crate::tree::Tree;

    /// The contents of a run that a document may refer to.
    pub(crate) struct Others<'o> {
        pub(crate) documents: &'o Registry<'o>,
        pub(crate) avro_types: &'o Collection,
    }

    pub(crate) fn avro_schemas(_: &Tree) -> Vec<String> {
        Vec::new()
    }

    pub(crate) fn read(
        file: &str,
        _: &Tree,
        _: &Tree,
        _: &Others<'_>,
        _: &mut Known,
        _: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        Err(vec![Kind::AsyncApi.needs_feature(file, "")])
    }
}

/// In place of the frontend for OpenAPI.
#[cfg(not(feature = "openapi"))]
pub(crate) mod openapi {
    use crate::error::Problem;
    use crate::frontend::json_schema::{Known, Registry};
    use crate::frontend::kind::Kind;
    use crate::model::Model;
    use crate::tree::Tree;
    use std::collections::BTreeMap;

    pub(crate) fn in_json_schema(_: &Registry<'_>) -> BTreeMap<String, Tree> {
        BTreeMap::new()
    }

    pub(crate) fn read(
        file: &str,
        _: &Tree,
        _: &Registry<'_>,
        _: &mut Known,
        _: &mut Model,
    ) -> Result<(), Vec<Problem>> {
        Err(vec![Kind::OpenApi.needs_feature(file, "")])
    }
}

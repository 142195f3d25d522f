//! The list of all events of a family.

use super::Context;
use crate::model::Scope;
use proc_macro2::TokenStream;
use quote::quote;

impl Context<'_> {
    /// A constant with every contract, against which a table of events can be checked.
    pub(super) fn events_list(&self) -> TokenStream {
        let (event, contract) = (self.paths.event(), self.paths.contract());
        let contracts = self.model.contracts.iter().map(|published| {
            let name = self.names.path(published.root, Scope::Family);
            quote! { <#name as #event>::CONTRACT }
        });
        quote! {
            #[doc = " The contract of every event of this family."]
            pub const CONTRACTS: &[&#contract] = &[#(#contracts),*];
        }
    }
}

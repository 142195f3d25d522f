//! The JSON codec: one pass over the text into the type, and back.
//!
//! A decoder stops at the first problem without saying what it was: explaining is the business of
//! the tables (`validation`), which are read only when something is wrong.

use super::Context;
use super::lints::similar_names;
use super::types::{branch_idents, field_idents};
use crate::model::{
    DefinitionId, Enum, Field, JsonType, Optional, Record, Rest, RuleId, Scope, Shape, Slot, Tag,
    Type, Union,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

impl Context<'_> {
    pub(super) fn codec(&self, id: DefinitionId) -> TokenStream {
        let definition = &self.model[id];
        let name = self.names.ident(id);
        let verify = definition.is_verified.then(|| self.check(definition.rule, definition.scope));
        let (decode, encode) = match &definition.shape {
            Shape::Record(record) => (self.decode_record(id, record), self.encode_record(record)),
            Shape::Enum(values) => (self.decode_enum(id, values), self.encode_enum(id, values)),
            Shape::Union(union) => match &union.tag {
                Tag::Property(property) => {
                    (self.decode_by_property(id, union, property), self.encode_plain(union))
                }
                Tag::FirstFit => (self.decode_first_fit(id, union), self.encode_plain(union)),
                Tag::JsonType => (self.decode_by_type(id, union), self.encode_plain(union)),
                Tag::FullName { .. } => {
                    (self.decode_by_name(id, union), self.encode_wrapped(union))
                }
            },
            Shape::Text(_) => (self.decode_text(), self.encode_text()),
            Shape::Literals(values) => {
                (self.decode_literals(values), quote! { out.push_str(self.as_json()); })
            }
            Shape::Newtype(slot) => (self.decode_newtype(id, slot), self.encode_text()),
        };
        let lints = match &definition.shape {
            Shape::Record(record) => similar_names(&field_idents(record).0),
            _ => None,
        };
        let (decode_trait, encode_trait) = (self.paths.decode(), self.paths.encode());
        let (reader, stop, private) =
            (self.paths.reader(), self.paths.stop(), self.paths.private());
        quote! {
            impl #decode_trait for #name {
                #lints
                fn decode(reader: &mut #reader<'_>) -> ::core::result::Result<Self, #stop> { #verify #decode }
            }

            impl #encode_trait for #name {
                fn encode(&self, out: &mut ::std::string::String) { #encode }
            }

            #private::impl_serde!(#name);
        }
    }

    fn decode_record(&self, id: DefinitionId, record: &Record) -> TokenStream {
        let (stop, private) = (self.paths.stop(), self.paths.private());
        let scope = self.model[id].scope;
        let (idents, extra) = field_idents(record);
        let slots: Vec<Ident> = idents.iter().map(local).collect();
        let types = record.fields.iter().map(|field| self.boxed_type(id, &field.slot));
        let arms = record.fields.iter().zip(&slots).map(|(field, slot)| {
            let key = &field.name;
            let verify = self.verify(&field.slot, scope);
            let fill = match &field.optional {
                None => quote! { #private::fill(&mut #slot, reader)? },
                Some(Optional { full_name, .. }) => {
                    quote! { #private::fill_wrapped(&mut #slot, reader, #full_name)? }
                }
            };
            (key, quote! { #verify #fill; })
        });
        let arms: Vec<_> = arms.collect();
        let values =
            record.fields.iter().zip(idents.iter().zip(&slots)).map(|(field, (ident, slot))| {
                match &field.default {
                    _ if !field.required => quote! { #ident: #slot, },
                    None => quote! { #ident: #slot.ok_or(#stop::Mismatch)?, },
                    Some(default) => quote! { #ident: #private::or_default(#slot, #default)?, },
                }
            });
        let rest =
            self.rest_type(&record.rest, scope).map(|ty| quote! { let mut rest = <#ty>::new(); });
        let unknown = match &record.rest {
            Rest::Closed => quote! { return ::core::result::Result::Err(#stop::Mismatch) },
            Rest::Open => quote! { rest.take(key, reader)? },
            Rest::Typed(slot) => {
                let verify = self.verify(slot, scope);
                quote! {{ #verify rest.take(key, reader)?; }}
            }
        };
        let extra = rest.as_ref().map(|_| quote! { #extra: rest, });
        let members = match (record.fields.is_empty(), &record.rest) {
            (false, _) => {
                let choice = match arms.as_slice() {
                    [(key, fill)] => quote! { if &*key == #key { #fill } else { #unknown; } },
                    arms => {
                        let arms = arms.iter().map(|(key, fill)| quote! { #key => { #fill } });
                        quote! { match &*key { #(#arms)* _ => #unknown, } }
                    }
                };
                quote! {
                    while let ::core::option::Option::Some(key) = reader.next_key(&mut first)? {
                        #choice
                    }
                }
            }
            (true, Rest::Closed) => quote! {
                if reader.next_key(&mut first)?.is_some() { #unknown; }
            },
            (true, _) => quote! {
                while let ::core::option::Option::Some(key) = reader.next_key(&mut first)? {
                    #unknown;
                }
            },
        };
        quote! {
            #(let mut #slots: ::core::option::Option<#types> = ::core::option::Option::None;)*
            #rest
            reader.begin_object()?;
            let mut first = true;
            #members
            ::core::result::Result::Ok(Self { #(#values)* #extra })
        }
    }

    fn encode_record(&self, record: &Record) -> TokenStream {
        let writer = self.paths.object_writer();
        let (idents, extra) = field_idents(record);
        let members = record.fields.iter().zip(&idents).map(|(field, ident)| {
            let name = member_name(&field.name);
            if field.required {
                let value = self.member(field, quote! { &self.#ident });
                quote! { object.member(#name, #value); }
            } else {
                quote! {
                    if let ::core::option::Option::Some(value) = &self.#ident {
                        object.member(#name, value);
                    }
                }
            }
        });
        let rest = (record.rest != Rest::Closed).then(|| {
            quote! {
                for (key, value) in &self.#extra {
                    object.entry(key, value);
                }
            }
        });
        let mutable = (!record.fields.is_empty() || rest.is_some()).then(|| quote! { mut });
        quote! {
            let #mutable object = #writer::new(out);
            #(#members)*
            #rest
            object.end();
        }
    }

    /// The value of a field as what writes it; `value` is a reference to it.
    pub(super) fn member(&self, field: &Field, value: TokenStream) -> TokenStream {
        match &field.optional {
            None => value,
            Some(Optional { full_name, .. }) => {
                let (private, name) = (self.paths.private(), member_name(full_name));
                quote! { &#private::Wrapped(#name, #value) }
            }
        }
    }

    fn decode_enum(&self, id: DefinitionId, values: &Enum) -> TokenStream {
        let stop = self.paths.stop();
        let variants = self.variants(id, values);
        let wire = &values.values;
        let other = if values.open {
            quote! {
                other => ::core::result::Result::Ok(Self::Other(::std::string::String::from(other)))
            }
        } else {
            quote! { _ => ::core::result::Result::Err(#stop::Mismatch) }
        };
        quote! {
            match &*reader.string()? {
                #(#wire => ::core::result::Result::Ok(Self::#variants),)*
                #other,
            }
        }
    }

    fn encode_enum(&self, id: DefinitionId, values: &Enum) -> TokenStream {
        let encode = self.paths.encode();
        let variants = self.variants(id, values);
        let quoted: Vec<String> = values.values.iter().map(|value| json_string(value)).collect();
        if values.open {
            return quote! {
                match self {
                    #(Self::#variants => out.push_str(#quoted),)*
                    Self::Other(other) => #encode::encode(other, out),
                }
            };
        }
        quote! { out.push_str(match self { #(Self::#variants => #quoted,)* }); }
    }

    /// A union whose branches differ in their JSON type: the first byte decides.
    fn decode_by_type(&self, id: DefinitionId, union: &Union) -> TokenStream {
        let (kind, stop, decode) = (self.paths.json_kind(), self.paths.stop(), self.paths.decode());
        let scope = self.model[id].scope;
        let paths = |kinds: &[&str]| -> Vec<TokenStream> {
            let names = kinds.iter().map(|name| format_ident!("{name}"));
            names.map(|name| quote! { #kind::#name }).collect()
        };
        let taken: Vec<&str> =
            union.branches.iter().flat_map(|branch| self.json_kinds(&branch.slot.ty)).collect();
        let others: Vec<&str> = KINDS.into_iter().filter(|kind| !taken.contains(kind)).collect();
        let others = (!others.is_empty()).then(|| {
            let others = paths(&others);
            quote! { #(#others)|* => ::core::result::Result::Err(#stop::Mismatch), }
        });
        let arms = union.branches.iter().zip(branch_idents(union)).map(|(branch, variant)| {
            let kinds = paths(&self.json_kinds(&branch.slot.ty));
            let verify = self.verify(&branch.slot, scope);
            quote! {
                #(#kinds)|* => {
                    #verify
                    ::core::result::Result::Ok(Self::#variant(#decode::decode(reader)?))
                }
            }
        });
        quote! {
            match reader.peek()? {
                #(#arms)*
                #others
            }
        }
    }

    /// A union of objects: one look ahead at the property that tells them apart.
    fn decode_by_property(&self, id: DefinitionId, union: &Union, property: &str) -> TokenStream {
        let (stop, decode, private) =
            (self.paths.stop(), self.paths.decode(), self.paths.private());
        let scope = self.model[id].scope;
        let arms = union.branches.iter().zip(branch_idents(union)).map(|(branch, variant)| {
            let (value, verify) = (&branch.full_name, self.verify(&branch.slot, scope));
            quote! {
                #value => {
                    #verify
                    ::core::result::Result::Ok(Self::#variant(#decode::decode(reader)?))
                }
            }
        });
        quote! {
            match &*#private::tag(reader, #property)? {
                #(#arms)*
                _ => ::core::result::Result::Err(#stop::Mismatch),
            }
        }
    }

    /// A union whose branches only their rules tell apart.
    fn decode_first_fit(&self, id: DefinitionId, union: &Union) -> TokenStream {
        let (stop, decode, private) =
            (self.paths.stop(), self.paths.decode(), self.paths.private());
        let scope = self.model[id].scope;
        let attempts = union.branches.iter().zip(branch_idents(union)).map(|(branch, variant)| {
            let accepts = branch.slot.verify.map(|rule| {
                let schema = self.schema_path(rule, scope);
                quote! { #private::verify(reader, &#schema).is_ok() }
            });
            quote! {
                if #accepts {
                    return ::core::result::Result::Ok(Self::#variant(#decode::decode(reader)?));
                }
            }
        });
        quote! {
            #(#attempts)*
            ::core::result::Result::Err(#stop::Mismatch)
        }
    }

    fn decode_newtype(&self, id: DefinitionId, slot: &Slot) -> TokenStream {
        let decode = self.paths.decode();
        let verify = self.verify(slot, self.model[id].scope);
        quote! { #verify ::core::result::Result::Ok(Self(#decode::decode(reader)?)) }
    }

    fn encode_plain(&self, union: &Union) -> TokenStream {
        let encode = self.paths.encode();
        let variants = branch_idents(union);
        quote! { match self { #(Self::#variants(value) => #encode::encode(value, out),)* } }
    }

    /// A union in the Avro JSON encoding: an object with one member, named by the branch.
    fn decode_by_name(&self, id: DefinitionId, union: &Union) -> TokenStream {
        let (stop, decode) = (self.paths.stop(), self.paths.decode());
        let scope = self.model[id].scope;
        let names = union.branches.iter().map(|branch| &branch.full_name);
        let variants = branch_idents(union);
        let verifies = union.branches.iter().map(|branch| self.verify(&branch.slot, scope));
        quote! {
            reader.begin_object()?;
            let mut first = true;
            let ::core::option::Option::Some(branch) = reader.next_key(&mut first)? else {
                return ::core::result::Result::Err(#stop::Mismatch);
            };
            let value = match &*branch {
                #(#names => { #verifies Self::#variants(#decode::decode(reader)?) })*
                _ => return ::core::result::Result::Err(#stop::Mismatch),
            };
            match reader.next_key(&mut first)? {
                ::core::option::Option::None => ::core::result::Result::Ok(value),
                ::core::option::Option::Some(_) => ::core::result::Result::Err(#stop::Mismatch),
            }
        }
    }

    fn encode_wrapped(&self, union: &Union) -> TokenStream {
        let writer = self.paths.object_writer();
        let variants = branch_idents(union);
        let names = union.branches.iter().map(|branch| member_name(&branch.full_name));
        quote! {
            let mut object = #writer::new(out);
            match self { #(Self::#variants(value) => object.member(#names, value),)* }
            object.end();
        }
    }

    fn decode_text(&self) -> TokenStream {
        let stop = self.paths.stop();
        quote! {
            let text = reader.string()?;
            if Self::is_valid(&text) {
                ::core::result::Result::Ok(Self(text.into_owned()))
            } else {
                ::core::result::Result::Err(#stop::Mismatch)
            }
        }
    }

    fn encode_text(&self) -> TokenStream {
        let encode = self.paths.encode();
        quote! { #encode::encode(&self.0, out); }
    }

    /// Checks what the type does not express on the text of the value, before it is decoded.
    fn verify(&self, slot: &Slot, scope: Scope) -> Option<TokenStream> {
        slot.verify.map(|rule| self.check(rule, scope))
    }

    fn check(&self, rule: RuleId, scope: Scope) -> TokenStream {
        let private = self.paths.private();
        let schema = self.schema_path(rule, scope);
        quote! { #private::verify(reader, &#schema)?; }
    }

    /// The kinds of JSON value that a branch of this type takes.
    fn json_kinds(&self, ty: &Type) -> Vec<&'static str> {
        let name = |ty: JsonType| match ty {
            JsonType::Null => "Null",
            JsonType::Boolean => "Boolean",
            JsonType::Integer | JsonType::Number => "Number",
            JsonType::String => "String",
            JsonType::Array => "Array",
            JsonType::Object => "Object",
        };
        crate::frontend::json_schema::json_types(ty, self.model).into_iter().map(name).collect()
    }
}

/// The kinds of JSON value, as the runtime names them.
const KINDS: [&str; 6] = ["Null", "Boolean", "Number", "String", "Array", "Object"];

/// The local variable for a field: its own name could be one that the decoder uses.
fn local(ident: &Ident) -> Ident {
    format_ident!("field_{}", ident.to_string().trim_start_matches("r#"))
}

/// `"name":`
fn member_name(name: &str) -> String {
    format!("{}:", json_string(name))
}

pub(super) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

// Expanded by rustc 1.95.0 (59807616e 2026-04-14). Never compiled; `just expanded` writes it.
/// Outcome of a customer migration.
///
/// Reports that the migration of a customer has ended, and whether it succeeded or failed. Answers `customer_incoming`.
///
/// Contract `migration/customer_outgoing`, version 1, JSON, from `customer_outgoing-1.json`. JSON object; unknown properties are rejected.
pub struct CustomerOutgoing {
    /// Code of the outcome, meant for programs. The list of codes is not published; `MIGR-0001` is seen with success.
    ///
    /// Wire name `code`: string, required. Example: `"MIGR-0001"`.
    pub code: String,
    /// Outcome in words, meant for people.
    ///
    /// Wire name `message`: string, required. Example: `"Customer migration registration approved"`.
    pub message: String,
    /// Identifies the migration, as it was given when the migration started.
    ///
    /// Wire name `migration`: object, required.
    pub migration: customer_outgoing::Migration,
    /// Success or failure of the migration.
    ///
    /// The one member that tells success from failure; `code` and `message` explain it.
    ///
    /// Wire name `status`: `SUCCESS`, `FAIL`, required. Examples: `"SUCCESS"`, `"FAIL"`.
    pub status: Status,
    /// Identifiers the platform has assigned to the customer.
    ///
    /// The contract allows it, or its absence, with either status.
    ///
    /// Wire name `entity`: object, optional, never null.
    pub entity: Option<customer_outgoing::Entity>,
    /// Creation or update of the customer by the migration.
    ///
    /// Absent when the platform does not say.
    ///
    /// Wire name `operation`: `CREATION`, `UPDATE`, optional, never null. Examples: `"UPDATE"`, `"CREATION"`.
    pub operation: Option<Operation>,
}
#[automatically_derived]
impl ::core::fmt::Debug for CustomerOutgoing {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
        let names: &'static _ = &["code", "message", "migration", "status", "entity", "operation"];
        let values: &[&dyn ::core::fmt::Debug] = &[
            &self.code,
            &self.message,
            &self.migration,
            &self.status,
            &self.entity,
            &&self.operation,
        ];
        ::core::fmt::Formatter::debug_struct_fields_finish(f, "CustomerOutgoing", names, values)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for CustomerOutgoing {
    #[inline]
    fn clone(&self) -> CustomerOutgoing {
        CustomerOutgoing {
            code: ::core::clone::Clone::clone(&self.code),
            message: ::core::clone::Clone::clone(&self.message),
            migration: ::core::clone::Clone::clone(&self.migration),
            status: ::core::clone::Clone::clone(&self.status),
            entity: ::core::clone::Clone::clone(&self.entity),
            operation: ::core::clone::Clone::clone(&self.operation),
        }
    }
}
#[automatically_derived]
impl ::core::marker::StructuralPartialEq for CustomerOutgoing {}
#[automatically_derived]
impl ::core::cmp::PartialEq for CustomerOutgoing {
    #[inline]
    fn eq(&self, other: &CustomerOutgoing) -> bool {
        self.code == other.code
            && self.message == other.message
            && self.migration == other.migration
            && self.status == other.status
            && self.entity == other.entity
            && self.operation == other.operation
    }
}
#[automatically_derived]
impl ::core::cmp::Eq for CustomerOutgoing {
    #[doc(hidden)]
    #[coverage(off)]
    fn assert_fields_are_eq(&self) {
        let _: ::core::cmp::AssertParamIsEq<String>;
        let _: ::core::cmp::AssertParamIsEq<customer_outgoing::Migration>;
        let _: ::core::cmp::AssertParamIsEq<Status>;
        let _: ::core::cmp::AssertParamIsEq<Option<customer_outgoing::Entity>>;
        let _: ::core::cmp::AssertParamIsEq<Option<Operation>>;
    }
}
#[allow(deprecated)]
impl ::migration_events_runtime::json::Decode for CustomerOutgoing {
    #[allow(
        clippy::disallowed_names,
        clippy::many_single_char_names,
        clippy::similar_names,
        reason = "variables are named like the fields"
    )]
    #[allow(unreachable_code, reason = "a closed record without properties takes no member")]
    fn decode(
        reader: &mut ::migration_events_runtime::json::Reader<'_>,
    ) -> ::core::result::Result<Self, ::migration_events_runtime::json::Stop> {
        let mut code: ::migration_events_runtime::__private::slot::required::Slot<String> =
            ::core::option::Option::None;
        let mut message: ::migration_events_runtime::__private::slot::required::Slot<String> =
            ::core::option::Option::None;
        let mut migration: ::migration_events_runtime::__private::slot::required::Slot<
            customer_outgoing::Migration,
        > = ::core::option::Option::None;
        let mut status: ::migration_events_runtime::__private::slot::required::Slot<Status> =
            ::core::option::Option::None;
        let mut entity: ::migration_events_runtime::__private::slot::optional::Slot<
            customer_outgoing::Entity,
        > = ::core::option::Option::None;
        let mut operation: ::migration_events_runtime::__private::slot::optional::Slot<Operation> =
            ::core::option::Option::None;
        let mut rounds = ::migration_events_runtime::__private::Rounds::of(<[&str]>::len(&[
            "code",
            "message",
            "migration",
            "status",
            "entity",
            "operation",
        ]));
        let mut more = reader.first_member()?;
        'members: while more {
            while rounds.another() {
                let mut head = reader.head();
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"code\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::required::fill(&mut code, reader)?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"message\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::required::fill(
                        &mut message,
                        reader,
                    )?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"migration\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::required::fill(
                        &mut migration,
                        reader,
                    )?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"status\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::required::fill(
                        &mut status,
                        reader,
                    )?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"entity\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::optional::fill(
                        &mut entity,
                        reader,
                    )?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
                if reader.key_is(
                    const { ::migration_events_runtime::json::Token::new("\"operation\"") },
                    head,
                )? {
                    rounds.read();
                    ::migration_events_runtime::__private::slot::optional::fill(
                        &mut operation,
                        reader,
                    )?;
                    if !reader.next_member()? {
                        break 'members;
                    }
                    head = reader.head();
                }
            }
            let key = reader.key()?;
            match &*key {
                "code" => {
                    ::migration_events_runtime::__private::slot::required::fill_rare(
                        &mut code, reader,
                    )?;
                }
                "message" => {
                    ::migration_events_runtime::__private::slot::required::fill_rare(
                        &mut message,
                        reader,
                    )?;
                }
                "migration" => {
                    ::migration_events_runtime::__private::slot::required::fill_rare(
                        &mut migration,
                        reader,
                    )?;
                }
                "status" => {
                    ::migration_events_runtime::__private::slot::required::fill_rare(
                        &mut status,
                        reader,
                    )?;
                }
                "entity" => {
                    ::migration_events_runtime::__private::slot::optional::fill_rare(
                        &mut entity,
                        reader,
                    )?;
                }
                "operation" => {
                    ::migration_events_runtime::__private::slot::optional::fill_rare(
                        &mut operation,
                        reader,
                    )?;
                }
                _ => {
                    return ::core::result::Result::Err(
                        ::migration_events_runtime::json::Stop::Mismatch,
                    );
                }
            }
            more = reader.next_member()?;
        }
        ::core::result::Result::Ok(CustomerOutgoing {
            code: ::migration_events_runtime::__private::slot::required::finish(code)?,
            message: ::migration_events_runtime::__private::slot::required::finish(message)?,
            migration: ::migration_events_runtime::__private::slot::required::finish(migration)?,
            status: ::migration_events_runtime::__private::slot::required::finish(status)?,
            entity: ::migration_events_runtime::__private::slot::optional::finish(entity)?,
            operation: ::migration_events_runtime::__private::slot::optional::finish(operation)?,
        })
    }
}
#[allow(deprecated)]
impl ::migration_events_runtime::json::Encode for CustomerOutgoing {
    fn encode(&self, out: &mut ::std::string::String) {
        #[allow(unused_mut)]
        let mut object = ::migration_events_runtime::json::ObjectWriter::new(out);
        ::migration_events_runtime::__private::slot::required::member(
            &mut object,
            "\"code\":",
            &self.code,
        );
        ::migration_events_runtime::__private::slot::required::member(
            &mut object,
            "\"message\":",
            &self.message,
        );
        ::migration_events_runtime::__private::slot::required::member(
            &mut object,
            "\"migration\":",
            &self.migration,
        );
        ::migration_events_runtime::__private::slot::required::member(
            &mut object,
            "\"status\":",
            &self.status,
        );
        ::migration_events_runtime::__private::slot::optional::member(
            &mut object,
            "\"entity\":",
            &self.entity,
        );
        ::migration_events_runtime::__private::slot::optional::member(
            &mut object,
            "\"operation\":",
            &self.operation,
        );
        object.end();
    }
}
#[allow(deprecated)]
impl ::migration_events_runtime::Described for CustomerOutgoing {
    const SCHEMA: &'static ::migration_events_runtime::validate::schema::Schema =
        &schema::CUSTOMER_OUTGOING;
}
#[allow(deprecated)]
impl ::migration_events_runtime::__private::serde::Serialize for CustomerOutgoing {
    fn serialize<S: ::migration_events_runtime::__private::serde::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::migration_events_runtime::__private::serialize(self, serializer)
    }
}
#[allow(deprecated)]
impl<'de> ::migration_events_runtime::__private::serde::Deserialize<'de> for CustomerOutgoing {
    fn deserialize<D: ::migration_events_runtime::__private::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::migration_events_runtime::__private::deserialize(deserializer)
    }
}
#[allow(deprecated)]
impl CustomerOutgoing {
    #[doc = "A builder for `CustomerOutgoing`; see [`CustomerOutgoingBuilder`]."]
    #[inline]
    pub fn builder() -> CustomerOutgoingBuilder {
        ::core::default::Default::default()
    }
}
#[doc = "Builder of [`type@CustomerOutgoing`]: reports everything that is missing or invalid at once."]
#[allow(deprecated)]
#[must_use]
pub struct CustomerOutgoingBuilder {
    code: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::required::Slot<String>,
    >,
    message: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::required::Slot<String>,
    >,
    migration: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::required::Slot<customer_outgoing::Migration>,
    >,
    status: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::required::Slot<Status>,
    >,
    entity: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::optional::Slot<customer_outgoing::Entity>,
    >,
    operation: ::migration_events_runtime::__private::Entry<
        ::migration_events_runtime::__private::slot::optional::Slot<Operation>,
    >,
}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::fmt::Debug for CustomerOutgoingBuilder {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
        let names: &'static _ = &["code", "message", "migration", "status", "entity", "operation"];
        let values: &[&dyn ::core::fmt::Debug] = &[
            &self.code,
            &self.message,
            &self.migration,
            &self.status,
            &self.entity,
            &&self.operation,
        ];
        ::core::fmt::Formatter::debug_struct_fields_finish(
            f,
            "CustomerOutgoingBuilder",
            names,
            values,
        )
    }
}
#[automatically_derived]
#[allow(deprecated)]
impl ::core::clone::Clone for CustomerOutgoingBuilder {
    #[inline]
    fn clone(&self) -> CustomerOutgoingBuilder {
        CustomerOutgoingBuilder {
            code: ::core::clone::Clone::clone(&self.code),
            message: ::core::clone::Clone::clone(&self.message),
            migration: ::core::clone::Clone::clone(&self.migration),
            status: ::core::clone::Clone::clone(&self.status),
            entity: ::core::clone::Clone::clone(&self.entity),
            operation: ::core::clone::Clone::clone(&self.operation),
        }
    }
}
#[allow(deprecated)]
impl ::core::default::Default for CustomerOutgoingBuilder {
    fn default() -> Self {
        Self {
            code: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::required::unset(),
            ),
            message: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::required::unset(),
            ),
            migration: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::required::unset(),
            ),
            status: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::required::unset(),
            ),
            entity: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::optional::unset(),
            ),
            operation: ::migration_events_runtime::__private::Entry::Slot(
                ::migration_events_runtime::__private::slot::optional::unset(),
            ),
        }
    }
}
#[allow(deprecated)]
impl CustomerOutgoingBuilder {
    #[doc = "Sets [`code`](CustomerOutgoing::code)."]
    pub fn code<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::Input<String, __By>,
    ) -> Self {
        self.code = ::migration_events_runtime::__private::Entry::new(
            value.input(),
            ::migration_events_runtime::__private::slot::required::set,
        );
        self
    }
    #[doc = "Sets [`message`](CustomerOutgoing::message)."]
    pub fn message<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::Input<String, __By>,
    ) -> Self {
        self.message = ::migration_events_runtime::__private::Entry::new(
            value.input(),
            ::migration_events_runtime::__private::slot::required::set,
        );
        self
    }
    #[doc = "Sets [`migration`](CustomerOutgoing::migration)."]
    pub fn migration<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::Input<customer_outgoing::Migration, __By>,
    ) -> Self {
        self.migration = ::migration_events_runtime::__private::Entry::new(
            value.input(),
            ::migration_events_runtime::__private::slot::required::set,
        );
        self
    }
    #[doc = "Sets [`status`](CustomerOutgoing::status)."]
    pub fn status<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::Input<Status, __By>,
    ) -> Self {
        self.status = ::migration_events_runtime::__private::Entry::new(
            value.input(),
            ::migration_events_runtime::__private::slot::required::set,
        );
        self
    }
    #[doc = "Sets [`entity`](CustomerOutgoing::entity)."]
    pub fn entity<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::OptionalInput<customer_outgoing::Entity, __By>,
    ) -> Self {
        self.entity = ::migration_events_runtime::__private::Entry::new(
            value.optional_input(),
            ::migration_events_runtime::__private::slot::optional::set_optional,
        );
        self
    }
    #[doc = "Sets [`operation`](CustomerOutgoing::operation)."]
    pub fn operation<__By>(
        mut self,
        value: impl ::migration_events_runtime::builder::OptionalInput<Operation, __By>,
    ) -> Self {
        self.operation = ::migration_events_runtime::__private::Entry::new(
            value.optional_input(),
            ::migration_events_runtime::__private::slot::optional::set_optional,
        );
        self
    }
    /// The finished value.
    ///
    /// # Errors
    /// Every required field that was not set, and every field that breaks the contract.
    #[inline]
    pub fn build(
        self,
    ) -> ::core::result::Result<CustomerOutgoing, ::migration_events_runtime::Invalid> {
        ::migration_events_runtime::__private::check(
            &[
                (
                    "\"code\":",
                    self.code.given(
                        |slot| ::migration_events_runtime::__private::slot::required::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::required::forbidden(text)
                        },
                    ),
                ),
                (
                    "\"message\":",
                    self.message.given(
                        |slot| ::migration_events_runtime::__private::slot::required::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::required::forbidden(text)
                        },
                    ),
                ),
                (
                    "\"migration\":",
                    self.migration.given(
                        |slot| ::migration_events_runtime::__private::slot::required::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::required::forbidden(text)
                        },
                    ),
                ),
                (
                    "\"status\":",
                    self.status.given(
                        |slot| ::migration_events_runtime::__private::slot::required::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::required::forbidden(text)
                        },
                    ),
                ),
                (
                    "\"entity\":",
                    self.entity.given(
                        |slot| ::migration_events_runtime::__private::slot::optional::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::optional::forbidden(text)
                        },
                    ),
                ),
                (
                    "\"operation\":",
                    self.operation.given(
                        |slot| ::migration_events_runtime::__private::slot::optional::given(slot),
                        |text| {
                            ::migration_events_runtime::__private::slot::optional::forbidden(text)
                        },
                    ),
                ),
            ],
            &[],
            <CustomerOutgoing as ::migration_events_runtime::Described>::SCHEMA,
        )?;
        let finish =
                    ||
                        ->
                            ::core::result::Result<CustomerOutgoing,
                            ::migration_events_runtime::json::Stop>
                        {
                            ::core::result::Result::Ok(CustomerOutgoing {
                                    code: ::migration_events_runtime::__private::slot::required::complete(self.code.into_slot()?)?,
                                    message: ::migration_events_runtime::__private::slot::required::complete(self.message.into_slot()?)?,
                                    migration: ::migration_events_runtime::__private::slot::required::complete(self.migration.into_slot()?)?,
                                    status: ::migration_events_runtime::__private::slot::required::complete(self.status.into_slot()?)?,
                                    entity: ::migration_events_runtime::__private::slot::optional::complete(self.entity.into_slot()?)?,
                                    operation: ::migration_events_runtime::__private::slot::optional::complete(self.operation.into_slot()?)?,
                                })
                        };
        finish().map_err(|_| ::migration_events_runtime::Invalid::incomplete())
    }
}
/// The parts of [`CustomerOutgoing`].
pub mod customer_outgoing {
    use super::runtime;
    /// Identifies the migration, as it was given when the migration started.
    ///
    /// JSON object; unknown properties are rejected. Defined at `/properties/migration` of `customer_outgoing-1.json`.
    pub struct Migration {
        /// Unique identifier of the migration.
        ///
        /// Wire name `id`: string, required. Example: `"migration-id"`.
        pub id: String,
        /// Instant of the record's version (RFC 3339), in the text the incoming event gave it.
        ///
        /// Wire name `version_date`: RFC 3339 date-time, kept with its text, required. Example: `"2021-08-11T11:25:00.000Z"`.
        pub version_date: runtime::Timestamp,
        /// Phase of the migration.
        ///
        /// Names the phase of a rollout that the migration is part of; absent when none was given.
        ///
        /// Wire name `phase_id`: string, optional, never null. Example: `"Rollout_Jan2022"`.
        pub phase_id: Option<String>,
        /// Account identifier of the migration.
        ///
        /// The account identifier that was given when the migration started; not the number the platform assigns, which is in `entity`.
        ///
        /// Wire name `account_id`: string, required. Example: `"account-migration-id"`.
        pub account_id: String,
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for Migration {
        #[inline]
        fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
            ::core::fmt::Formatter::debug_struct_field4_finish(
                f,
                "Migration",
                "id",
                &self.id,
                "version_date",
                &self.version_date,
                "phase_id",
                &self.phase_id,
                "account_id",
                &&self.account_id,
            )
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for Migration {
        #[inline]
        fn clone(&self) -> Migration {
            Migration {
                id: ::core::clone::Clone::clone(&self.id),
                version_date: ::core::clone::Clone::clone(&self.version_date),
                phase_id: ::core::clone::Clone::clone(&self.phase_id),
                account_id: ::core::clone::Clone::clone(&self.account_id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::marker::StructuralPartialEq for Migration {}
    #[automatically_derived]
    impl ::core::cmp::PartialEq for Migration {
        #[inline]
        fn eq(&self, other: &Migration) -> bool {
            self.id == other.id
                && self.version_date == other.version_date
                && self.phase_id == other.phase_id
                && self.account_id == other.account_id
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for Migration {
        #[doc(hidden)]
        #[coverage(off)]
        fn assert_fields_are_eq(&self) {
            let _: ::core::cmp::AssertParamIsEq<String>;
            let _: ::core::cmp::AssertParamIsEq<runtime::Timestamp>;
            let _: ::core::cmp::AssertParamIsEq<Option<String>>;
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::json::Decode for Migration {
        #[allow(
            clippy::disallowed_names,
            clippy::many_single_char_names,
            clippy::similar_names,
            reason = "variables are named like the fields"
        )]
        #[allow(unreachable_code, reason = "a closed record without properties takes no member")]
        fn decode(
            reader: &mut ::migration_events_runtime::json::Reader<'_>,
        ) -> ::core::result::Result<Self, ::migration_events_runtime::json::Stop> {
            let mut id: ::migration_events_runtime::__private::slot::required::Slot<String> =
                ::core::option::Option::None;
            let mut version_date: ::migration_events_runtime::__private::slot::required::Slot<
                runtime::Timestamp,
            > = ::core::option::Option::None;
            let mut phase_id: ::migration_events_runtime::__private::slot::optional::Slot<String> =
                ::core::option::Option::None;
            let mut account_id: ::migration_events_runtime::__private::slot::required::Slot<
                String,
            > = ::core::option::Option::None;
            let mut rounds = ::migration_events_runtime::__private::Rounds::of(<[&str]>::len(&[
                "id",
                "version_date",
                "phase_id",
                "account_id",
            ]));
            let mut more = reader.first_member()?;
            'members: while more {
                while rounds.another() {
                    let mut head = reader.head();
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"id\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::required::fill(
                            &mut id, reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"version_date\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::required::fill(
                            &mut version_date,
                            reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"phase_id\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::optional::fill(
                            &mut phase_id,
                            reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"account_id\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::required::fill(
                            &mut account_id,
                            reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                }
                let key = reader.key()?;
                match &*key {
                    "id" => {
                        ::migration_events_runtime::__private::slot::required::fill_rare(
                            &mut id, reader,
                        )?;
                    }
                    "version_date" => {
                        ::migration_events_runtime::__private::slot::required::fill_rare(
                            &mut version_date,
                            reader,
                        )?;
                    }
                    "phase_id" => {
                        ::migration_events_runtime::__private::slot::optional::fill_rare(
                            &mut phase_id,
                            reader,
                        )?;
                    }
                    "account_id" => {
                        ::migration_events_runtime::__private::slot::required::fill_rare(
                            &mut account_id,
                            reader,
                        )?;
                    }
                    _ => {
                        return ::core::result::Result::Err(
                            ::migration_events_runtime::json::Stop::Mismatch,
                        );
                    }
                }
                more = reader.next_member()?;
            }
            ::core::result::Result::Ok(Migration {
                id: ::migration_events_runtime::__private::slot::required::finish(id)?,
                version_date: ::migration_events_runtime::__private::slot::required::finish(
                    version_date,
                )?,
                phase_id: ::migration_events_runtime::__private::slot::optional::finish(phase_id)?,
                account_id: ::migration_events_runtime::__private::slot::required::finish(
                    account_id,
                )?,
            })
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::json::Encode for Migration {
        fn encode(&self, out: &mut ::std::string::String) {
            #[allow(unused_mut)]
            let mut object = ::migration_events_runtime::json::ObjectWriter::new(out);
            ::migration_events_runtime::__private::slot::required::member(
                &mut object,
                "\"id\":",
                &self.id,
            );
            ::migration_events_runtime::__private::slot::required::member(
                &mut object,
                "\"version_date\":",
                &self.version_date,
            );
            ::migration_events_runtime::__private::slot::optional::member(
                &mut object,
                "\"phase_id\":",
                &self.phase_id,
            );
            ::migration_events_runtime::__private::slot::required::member(
                &mut object,
                "\"account_id\":",
                &self.account_id,
            );
            object.end();
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::Described for Migration {
        const SCHEMA: &'static ::migration_events_runtime::validate::schema::Schema =
            &super::schema::CUSTOMER_OUTGOING_MIGRATION;
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::__private::serde::Serialize for Migration {
        fn serialize<S: ::migration_events_runtime::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            ::migration_events_runtime::__private::serialize(self, serializer)
        }
    }
    #[allow(deprecated)]
    impl<'de> ::migration_events_runtime::__private::serde::Deserialize<'de> for Migration {
        fn deserialize<D: ::migration_events_runtime::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::migration_events_runtime::__private::deserialize(deserializer)
        }
    }
    #[allow(deprecated)]
    impl Migration {
        #[doc = "A builder for `Migration`; see [`MigrationBuilder`]."]
        #[inline]
        pub fn builder() -> MigrationBuilder {
            ::core::default::Default::default()
        }
    }
    #[doc = "Builder of [`type@Migration`]: reports everything that is missing or invalid at once."]
    #[allow(deprecated)]
    #[must_use]
    pub struct MigrationBuilder {
        id: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::required::Slot<String>,
        >,
        version_date: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::required::Slot<runtime::Timestamp>,
        >,
        phase_id: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::optional::Slot<String>,
        >,
        account_id: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::required::Slot<String>,
        >,
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::fmt::Debug for MigrationBuilder {
        #[inline]
        fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
            ::core::fmt::Formatter::debug_struct_field4_finish(
                f,
                "MigrationBuilder",
                "id",
                &self.id,
                "version_date",
                &self.version_date,
                "phase_id",
                &self.phase_id,
                "account_id",
                &&self.account_id,
            )
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::clone::Clone for MigrationBuilder {
        #[inline]
        fn clone(&self) -> MigrationBuilder {
            MigrationBuilder {
                id: ::core::clone::Clone::clone(&self.id),
                version_date: ::core::clone::Clone::clone(&self.version_date),
                phase_id: ::core::clone::Clone::clone(&self.phase_id),
                account_id: ::core::clone::Clone::clone(&self.account_id),
            }
        }
    }
    #[allow(deprecated)]
    impl ::core::default::Default for MigrationBuilder {
        fn default() -> Self {
            Self {
                id: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::required::unset(),
                ),
                version_date: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::required::unset(),
                ),
                phase_id: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::optional::unset(),
                ),
                account_id: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::required::unset(),
                ),
            }
        }
    }
    #[allow(deprecated)]
    impl MigrationBuilder {
        #[doc = "Sets [`id`](Migration::id)."]
        pub fn id<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::Input<String, __By>,
        ) -> Self {
            self.id = ::migration_events_runtime::__private::Entry::new(
                value.input(),
                ::migration_events_runtime::__private::slot::required::set,
            );
            self
        }
        #[doc = "Sets [`version_date`](Migration::version_date)."]
        pub fn version_date<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::Input<runtime::Timestamp, __By>,
        ) -> Self {
            self.version_date = ::migration_events_runtime::__private::Entry::new(
                value.input(),
                ::migration_events_runtime::__private::slot::required::set,
            );
            self
        }
        #[doc = "Sets [`phase_id`](Migration::phase_id)."]
        pub fn phase_id<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::OptionalInput<String, __By>,
        ) -> Self {
            self.phase_id = ::migration_events_runtime::__private::Entry::new(
                value.optional_input(),
                ::migration_events_runtime::__private::slot::optional::set_optional,
            );
            self
        }
        #[doc = "Sets [`account_id`](Migration::account_id)."]
        pub fn account_id<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::Input<String, __By>,
        ) -> Self {
            self.account_id = ::migration_events_runtime::__private::Entry::new(
                value.input(),
                ::migration_events_runtime::__private::slot::required::set,
            );
            self
        }
        /// The finished value.
        ///
        /// # Errors
        /// Every required field that was not set, and every field that breaks the contract.
        #[inline]
        pub fn build(
            self,
        ) -> ::core::result::Result<Migration, ::migration_events_runtime::Invalid> {
            ::migration_events_runtime::__private::check(
                &[
                    (
                        "\"id\":",
                        self.id.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::required::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::required::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                    (
                        "\"version_date\":",
                        self.version_date.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::required::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::required::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                    (
                        "\"phase_id\":",
                        self.phase_id.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::optional::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::optional::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                    (
                        "\"account_id\":",
                        self.account_id.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::required::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::required::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                ],
                &[],
                <Migration as ::migration_events_runtime::Described>::SCHEMA,
            )?;
            let finish =
                || -> ::core::result::Result<Migration, ::migration_events_runtime::json::Stop> {
                    ::core::result::Result::Ok(Migration {
                        id: ::migration_events_runtime::__private::slot::required::complete(
                            self.id.into_slot()?,
                        )?,
                        version_date:
                            ::migration_events_runtime::__private::slot::required::complete(
                                self.version_date.into_slot()?,
                            )?,
                        phase_id: ::migration_events_runtime::__private::slot::optional::complete(
                            self.phase_id.into_slot()?,
                        )?,
                        account_id:
                            ::migration_events_runtime::__private::slot::required::complete(
                                self.account_id.into_slot()?,
                            )?,
                    })
                };
            finish().map_err(|_| ::migration_events_runtime::Invalid::incomplete())
        }
    }
    /// Identifiers the platform has assigned to the customer.
    ///
    /// The contract allows it, or its absence, with either status.
    ///
    /// JSON object; unknown properties are rejected. Defined at `/properties/entity` of `customer_outgoing-1.json`.
    pub struct Entity {
        /// Account identifier.
        ///
        /// Number the platform has given the account.
        ///
        /// Wire name `account_id`: 64-bit integer, required. Example: `9999`.
        pub account_id: i64,
        /// Customer identifier.
        ///
        /// Number the platform has given the customer.
        ///
        /// Wire name `customer_id`: 64-bit integer, required. Example: `1234`.
        pub customer_id: i64,
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for Entity {
        #[inline]
        fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
            ::core::fmt::Formatter::debug_struct_field2_finish(
                f,
                "Entity",
                "account_id",
                &self.account_id,
                "customer_id",
                &&self.customer_id,
            )
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for Entity {
        #[inline]
        fn clone(&self) -> Entity {
            Entity {
                account_id: ::core::clone::Clone::clone(&self.account_id),
                customer_id: ::core::clone::Clone::clone(&self.customer_id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::marker::StructuralPartialEq for Entity {}
    #[automatically_derived]
    impl ::core::cmp::PartialEq for Entity {
        #[inline]
        fn eq(&self, other: &Entity) -> bool {
            self.account_id == other.account_id && self.customer_id == other.customer_id
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for Entity {
        #[doc(hidden)]
        #[coverage(off)]
        fn assert_fields_are_eq(&self) {
            let _: ::core::cmp::AssertParamIsEq<i64>;
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::json::Decode for Entity {
        #[allow(
            clippy::disallowed_names,
            clippy::many_single_char_names,
            clippy::similar_names,
            reason = "variables are named like the fields"
        )]
        #[allow(unreachable_code, reason = "a closed record without properties takes no member")]
        fn decode(
            reader: &mut ::migration_events_runtime::json::Reader<'_>,
        ) -> ::core::result::Result<Self, ::migration_events_runtime::json::Stop> {
            let mut account_id: ::migration_events_runtime::__private::slot::required::Slot<i64> =
                ::core::option::Option::None;
            let mut customer_id: ::migration_events_runtime::__private::slot::required::Slot<i64> =
                ::core::option::Option::None;
            let mut rounds = ::migration_events_runtime::__private::Rounds::of(<[&str]>::len(&[
                "account_id",
                "customer_id",
            ]));
            let mut more = reader.first_member()?;
            'members: while more {
                while rounds.another() {
                    let mut head = reader.head();
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"account_id\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::required::fill(
                            &mut account_id,
                            reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                    if reader.key_is(
                        const { ::migration_events_runtime::json::Token::new("\"customer_id\"") },
                        head,
                    )? {
                        rounds.read();
                        ::migration_events_runtime::__private::slot::required::fill(
                            &mut customer_id,
                            reader,
                        )?;
                        if !reader.next_member()? {
                            break 'members;
                        }
                        head = reader.head();
                    }
                }
                let key = reader.key()?;
                match &*key {
                    "account_id" => {
                        ::migration_events_runtime::__private::slot::required::fill_rare(
                            &mut account_id,
                            reader,
                        )?;
                    }
                    "customer_id" => {
                        ::migration_events_runtime::__private::slot::required::fill_rare(
                            &mut customer_id,
                            reader,
                        )?;
                    }
                    _ => {
                        return ::core::result::Result::Err(
                            ::migration_events_runtime::json::Stop::Mismatch,
                        );
                    }
                }
                more = reader.next_member()?;
            }
            ::core::result::Result::Ok(Entity {
                account_id: ::migration_events_runtime::__private::slot::required::finish(
                    account_id,
                )?,
                customer_id: ::migration_events_runtime::__private::slot::required::finish(
                    customer_id,
                )?,
            })
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::json::Encode for Entity {
        fn encode(&self, out: &mut ::std::string::String) {
            #[allow(unused_mut)]
            let mut object = ::migration_events_runtime::json::ObjectWriter::new(out);
            ::migration_events_runtime::__private::slot::required::member(
                &mut object,
                "\"account_id\":",
                &self.account_id,
            );
            ::migration_events_runtime::__private::slot::required::member(
                &mut object,
                "\"customer_id\":",
                &self.customer_id,
            );
            object.end();
        }
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::Described for Entity {
        const SCHEMA: &'static ::migration_events_runtime::validate::schema::Schema =
            &super::schema::CUSTOMER_OUTGOING_ENTITY;
    }
    #[allow(deprecated)]
    impl ::migration_events_runtime::__private::serde::Serialize for Entity {
        fn serialize<S: ::migration_events_runtime::__private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            ::migration_events_runtime::__private::serialize(self, serializer)
        }
    }
    #[allow(deprecated)]
    impl<'de> ::migration_events_runtime::__private::serde::Deserialize<'de> for Entity {
        fn deserialize<D: ::migration_events_runtime::__private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::migration_events_runtime::__private::deserialize(deserializer)
        }
    }
    #[allow(deprecated)]
    impl Entity {
        #[doc = "A builder for `Entity`; see [`EntityBuilder`]."]
        #[inline]
        pub fn builder() -> EntityBuilder {
            ::core::default::Default::default()
        }
    }
    #[doc = "Builder of [`type@Entity`]: reports everything that is missing or invalid at once."]
    #[allow(deprecated)]
    #[must_use]
    pub struct EntityBuilder {
        account_id: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::required::Slot<i64>,
        >,
        customer_id: ::migration_events_runtime::__private::Entry<
            ::migration_events_runtime::__private::slot::required::Slot<i64>,
        >,
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::fmt::Debug for EntityBuilder {
        #[inline]
        fn fmt(&self, f: &mut ::core::fmt::Formatter) -> ::core::fmt::Result {
            ::core::fmt::Formatter::debug_struct_field2_finish(
                f,
                "EntityBuilder",
                "account_id",
                &self.account_id,
                "customer_id",
                &&self.customer_id,
            )
        }
    }
    #[automatically_derived]
    #[allow(deprecated)]
    impl ::core::clone::Clone for EntityBuilder {
        #[inline]
        fn clone(&self) -> EntityBuilder {
            EntityBuilder {
                account_id: ::core::clone::Clone::clone(&self.account_id),
                customer_id: ::core::clone::Clone::clone(&self.customer_id),
            }
        }
    }
    #[allow(deprecated)]
    impl ::core::default::Default for EntityBuilder {
        fn default() -> Self {
            Self {
                account_id: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::required::unset(),
                ),
                customer_id: ::migration_events_runtime::__private::Entry::Slot(
                    ::migration_events_runtime::__private::slot::required::unset(),
                ),
            }
        }
    }
    #[allow(deprecated)]
    impl EntityBuilder {
        #[doc = "Sets [`account_id`](Entity::account_id)."]
        pub fn account_id<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::Input<i64, __By>,
        ) -> Self {
            self.account_id = ::migration_events_runtime::__private::Entry::new(
                value.input(),
                ::migration_events_runtime::__private::slot::required::set,
            );
            self
        }
        #[doc = "Sets [`customer_id`](Entity::customer_id)."]
        pub fn customer_id<__By>(
            mut self,
            value: impl ::migration_events_runtime::builder::Input<i64, __By>,
        ) -> Self {
            self.customer_id = ::migration_events_runtime::__private::Entry::new(
                value.input(),
                ::migration_events_runtime::__private::slot::required::set,
            );
            self
        }
        /// The finished value.
        ///
        /// # Errors
        /// Every required field that was not set, and every field that breaks the contract.
        #[inline]
        pub fn build(self) -> ::core::result::Result<Entity, ::migration_events_runtime::Invalid> {
            ::migration_events_runtime::__private::check(
                &[
                    (
                        "\"account_id\":",
                        self.account_id.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::required::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::required::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                    (
                        "\"customer_id\":",
                        self.customer_id.given(
                            |slot| {
                                ::migration_events_runtime::__private::slot::required::given(slot)
                            },
                            |text| {
                                ::migration_events_runtime::__private::slot::required::forbidden(
                                    text,
                                )
                            },
                        ),
                    ),
                ],
                &[],
                <Entity as ::migration_events_runtime::Described>::SCHEMA,
            )?;
            let finish =
                || -> ::core::result::Result<Entity, ::migration_events_runtime::json::Stop> {
                    ::core::result::Result::Ok(Entity {
                        account_id:
                            ::migration_events_runtime::__private::slot::required::complete(
                                self.account_id.into_slot()?,
                            )?,
                        customer_id:
                            ::migration_events_runtime::__private::slot::required::complete(
                                self.customer_id.into_slot()?,
                            )?,
                    })
                };
            finish().map_err(|_| ::migration_events_runtime::Invalid::incomplete())
        }
    }
}
#[allow(deprecated)]
impl ::migration_events_runtime::Event for CustomerOutgoing {
    const CONTRACT: &'static ::migration_events_runtime::Contract =
        &::migration_events_runtime::Contract::__new(
            "pismo",
            "migration/customer_outgoing",
            ::core::option::Option::Some("1"),
            "customer_outgoing-1.json",
            ::core::option::Option::None,
        );
    const PUBLISHED: &'static ::migration_events_runtime::validate::schema::Schema =
        &schema::CUSTOMER_OUTGOING;
}
/// The contract of every event of this family.
#[allow(deprecated)]
pub const CONTRACTS: &[&::migration_events_runtime::Contract] = &[
    <AccrualIncoming as ::migration_events_runtime::Event>::CONTRACT,
    <CustomerIncoming as ::migration_events_runtime::Event>::CONTRACT,
    <CustomerOutgoing as ::migration_events_runtime::Event>::CONTRACT,
    <RecurringChargePlanIncoming as ::migration_events_runtime::Event>::CONTRACT,
];
#[allow(deprecated)]
impl ::migration_events_runtime::Outcome for CustomerOutgoing {
    type Migration = customer_outgoing::Migration;
    type Entity = customer_outgoing::Entity;
    const ANSWERS: &'static [&'static ::migration_events_runtime::Contract] =
        &[<CustomerIncoming as ::migration_events_runtime::Event>::CONTRACT];
    #[allow(unused_variables)]
    fn assemble(
        report: ::migration_events_runtime::outcome::Report<
            customer_outgoing::Migration,
            customer_outgoing::Entity,
        >,
    ) -> Self {
        let (is_success, is_creation, entity) = match report.ended {
            ::migration_events_runtime::outcome::Ended::Created(entity) => {
                (true, ::core::option::Option::Some(true), ::core::option::Option::Some(entity))
            }
            ::migration_events_runtime::outcome::Ended::Updated(entity) => {
                (true, ::core::option::Option::Some(false), ::core::option::Option::Some(entity))
            }
            ::migration_events_runtime::outcome::Ended::Failed => {
                (false, ::core::option::Option::None, ::core::option::Option::None)
            }
        };
        Self {
            code: ::core::convert::Into::into(report.code),
            message: ::core::convert::Into::into(report.message),
            migration: ::core::convert::Into::into(report.migration),
            status: ::core::convert::Into::into(if is_success {
                Status::Success
            } else {
                Status::Fail
            }),
            operation: is_creation.map(|is_creation: bool| {
                if is_creation { Operation::Creation } else { Operation::Update }
            }),
            entity: entity,
        }
    }
}
#[allow(deprecated)]
impl CustomerOutgoing {
    /// Starts to report a success: it becomes an event once it is said whether something was
    /// created or updated. `migration` is what came with the event that is answered, so that its
    /// identifiers are repeated with their exact text.
    pub fn succeeded(
        code: impl ::core::convert::Into<::std::string::String>,
        message: impl ::core::convert::Into<::std::string::String>,
        migration: impl ::core::convert::Into<customer_outgoing::Migration>,
    ) -> ::migration_events_runtime::outcome::Succeeded<Self> {
        <Self as ::migration_events_runtime::Outcome>::succeeded(code, message, migration)
    }
    /// Reports a failure: nothing came of the migration.
    #[must_use]
    pub fn failed(
        code: impl ::core::convert::Into<::std::string::String>,
        message: impl ::core::convert::Into<::std::string::String>,
        migration: impl ::core::convert::Into<customer_outgoing::Migration>,
    ) -> Self {
        <Self as ::migration_events_runtime::Outcome>::failed(code, message, migration)
    }
}

//! Pismo: what comes in and what goes out.

use crate::values::{date, decimal, extra, integer, raw_object, text, timestamp, uuid};
use crate::{config, there_and_back};
use migration_events::json::RawJson;
use migration_events::pismo::{
    AccrualIncoming, AccrualType, AuthorizationType, CustomerIncoming, CustomerOutgoing, Operation,
    Origin, RecurringChargePlanIncoming, RenewMethod, Status, accrual_incoming, customer_incoming,
    customer_outgoing, recurring_charge_plan_incoming,
};
use migration_events::{Described, Event};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn flag() -> impl Strategy<Value = accrual_incoming::Flag> {
    use accrual_incoming::{Flag, FlagText};
    let matching = (text(), "[01]", text()).prop_map(|(before, digit, after)| {
        Flag::Text(FlagText::new(format!("{before}{digit}{after}")).unwrap())
    });
    prop_oneof![any::<bool>().prop_map(Flag::Boolean), matching]
}

prop_compose! {
    fn accrual()(
        r#type in select(AccrualType::VALUES),
        amount in decimal(),
        interest_rate in decimal(),
    ) -> accrual_incoming::Accrual {
        accrual_incoming::Accrual { r#type, amount, interest_rate }
    }
}

prop_compose! {
    fn accrual_entity()(
        (id, account_id, authorization_id, version_date) in (text(), text(), text(), timestamp()),
        (org_id, cid, file_id, r#type) in (text(), uuid(), of(text()), text()),
        (flag, authorization_type) in (flag(), select(AuthorizationType::VALUES)),
        accounting_date in date(),
        can_go_into_delinquency in of(any::<bool>()),
        accruals in vec(accrual(), 0..4),
        metadata in raw_object(),
        extra in extra(&["migration", "org_id", "cid", "file_id", "type", "flag", "accruals", "metadata"]),
    ) -> accrual_incoming::Entity {
        let migration =
            accrual_incoming::Migration { id, version_date, account_id, authorization_id };
        accrual_incoming::Entity {
            migration,
            org_id,
            cid,
            file_id,
            r#type,
            flag,
            authorization_type,
            accounting_date,
            can_go_into_delinquency,
            accruals,
            metadata,
            extra,
        }
    }
}

prop_compose! {
    pub(crate) fn accrual_incoming()(
        origin in select(Origin::VALUES),
        (file_name, file_size, file_id) in (of(text()), of(integer()), of(text())),
        line_number in integer(),
        entity in accrual_entity(),
        extra in extra(&["origin", "file_name", "file_size", "file_id", "line_number", "entity"]),
    ) -> AccrualIncoming {
        AccrualIncoming { origin, file_name, file_size, file_id, line_number, entity, extra }
    }
}

prop_compose! {
    fn person()(
        (name, document_number, registration) in (of(text()), of(text()), of(text())),
        (birth_date, gender) in (of(text()), of(text())),
        (mother_name, marital_status) in (of(text()), of(text())),
        extra in extra(&["name", "document_number", "registration", "gender"]),
    ) -> customer_incoming::Person {
        customer_incoming::Person {
            name,
            document_number,
            registration,
            birth_date,
            gender,
            mother_name,
            marital_status,
            extra,
        }
    }
}

prop_compose! {
    fn customer_migration()(
        (id, account_id, version_date) in (text(), text(), timestamp()),
        extra in extra(&["id", "account_id", "version_date"]),
    ) -> customer_incoming::Migration {
        customer_incoming::Migration { id, account_id, version_date, extra }
    }
}

prop_compose! {
    pub(crate) fn customer_incoming()(
        migration in customer_migration(),
        (social_name, email, is_active) in (of(text()), of(text()), of(any::<bool>())),
        entity in of(person()),
        inner in extra(&["migration", "social_name", "email", "is_active", "entity"]),
        extra in extra(&["entity"]),
    ) -> CustomerIncoming {
        let entity = customer_incoming::Entity {
            migration,
            social_name,
            email,
            is_active,
            entity,
            extra: inner,
        };
        CustomerIncoming { entity, extra }
    }
}

prop_compose! {
    pub(crate) fn customer_outgoing()(
        (code, message) in (text(), text()),
        (id, version_date, phase_id, account_id) in (text(), timestamp(), of(text()), text()),
        status in select(Status::VALUES),
        entity in of((integer(), integer())),
        operation in of(select(Operation::VALUES)),
    ) -> CustomerOutgoing {
        let entity = entity.map(|(account_id, customer_id)| {
            customer_outgoing::Entity { account_id, customer_id }
        });
        let migration = customer_outgoing::Migration { id, version_date, phase_id, account_id };
        CustomerOutgoing { code, message, migration, status, entity, operation }
    }
}

fn cycles() -> impl Strategy<Value = recurring_charge_plan_incoming::Cycles> {
    use recurring_charge_plan_incoming::Cycles;
    prop_oneof![text().prop_map(Cycles::Text), integer().prop_map(Cycles::Integer)]
}

prop_compose! {
    fn plan_entity()(
        (id, version_date) in (text(), timestamp()),
        (split_transaction, processing_code) in (of(any::<bool>()), text()),
        installment_amount in decimal(),
        (description, secondary_processing_code, secondary_description) in
            (of(text()), of(text()), of(text())),
        (number_of_cycles, first_cycles_to_discount) in (cycles(), of(cycles())),
        (discount_percentage, minimum_spend_to_charge) in (of(decimal()), of(decimal())),
        renew_method in of(text().prop_map(|text| RenewMethod::from(text.as_str()))),
        extra in extra(&["migration", "description", "processing_code", "renew_method"]),
    ) -> recurring_charge_plan_incoming::Entity {
        recurring_charge_plan_incoming::Entity {
            migration: recurring_charge_plan_incoming::Migration { id, version_date },
            split_transaction,
            processing_code,
            installment_amount,
            description,
            number_of_cycles,
            first_cycles_to_discount,
            discount_percentage,
            secondary_processing_code,
            secondary_description,
            minimum_spend_to_charge,
            renew_method,
            extra,
        }
    }
}

prop_compose! {
    fn recurring_charge_plan_incoming()(
        entity in plan_entity(),
        (file_name, file_size, file_id) in (of(of(text())), of(of(integer())), of(of(text()))),
        (line_number, origin) in (of(integer()), of(select(Origin::VALUES))),
        extra in extra(&["entity", "file_name", "file_size", "file_id", "line_number", "origin"]),
    ) -> RecurringChargePlanIncoming {
        RecurringChargePlanIncoming {
            entity,
            file_name,
            file_size,
            file_id,
            line_number,
            origin,
            extra,
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn accrual_incoming_event(event in accrual_incoming()) {
        there_and_back(&event)?;
    }

    #[test]
    fn customer_incoming_event(event in customer_incoming()) {
        there_and_back(&event)?;
        // What answers it repeats its identifiers.
        let outcome = CustomerOutgoing::failed("E", "no", &event.entity.migration);
        there_and_back(&outcome)?;
        let (repeated, sent) = (&outcome.migration, &event.entity.migration);
        prop_assert!(repeated.version_date.same_text(&sent.version_date));
        prop_assert_eq!((&repeated.id, &repeated.account_id), (&sent.id, &sent.account_id));
    }

    #[test]
    fn customer_outgoing_event(event in customer_outgoing()) {
        there_and_back(&event)?;
    }

    #[test]
    fn recurring_charge_plan_incoming_event(event in recurring_charge_plan_incoming()) {
        there_and_back(&event)?;
    }

    /// A property set twice would be written twice.
    #[test]
    fn check_rejects_extra_property_with_known_name(
        event in customer_incoming(),
        name in select(&["id", "account_id", "version_date"][..]),
    ) {
        let mut event = event;
        let legal = RawJson::parse(r#""2021-08-11T11:25:00Z""#).unwrap();
        event.entity.migration.extra.insert(name, legal);
        let rejection = event.check().unwrap_err();
        let [violation] = rejection.violations() else { panic!("{rejection}") };
        prop_assert_eq!(violation.instance_pointer(), "/entity/migration");
        prop_assert_eq!(violation.kind().name(), "duplicateKey");
        prop_assert!(CustomerIncoming::from_json(event.to_json().as_bytes()).is_err());
        prop_assert!(!event.entity.migration.violations().is_empty());
    }
}

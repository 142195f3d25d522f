//! Specsavers: the envelope, and the data of the one message whose payload is published.

use crate::values::{extra, raw_json, raw_object, text, timestamp};
use crate::{config, there_and_back};
use migration_events::specsavers::{
    Actor, Address, AftercareStore, CompanyDetails, ContactInfo, Coordinates, Customer,
    CustomerCreated, CustomerCreatedData, CustomerCreatedType, CustomerMeta, CustomerUpdated,
    CustomerWalletUpdated, Environment, Gender, LineOfBusiness, MarketingPreference,
    MigratedCustomerInfo, OtpCode, PasswordReset, StoreContactInfo, UserType,
};
// Nested strategies are boxed: their values, unboxed, are too large for the stack of a test.
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// A strategy for a record from one for each of its fields.
macro_rules! record {
    ($name:ident: $record:ident {
        $($field:ident: $strategy:expr),* $(,)?
    } $(text $($text:ident),*)?; known $known:expr) => {
        prop_compose! {
            pub(crate) fn $name()(
                $($($text in of(text()),)*)?
                $($field in $strategy,)*
                extra in extra(&$known),
            ) -> $record {
                $record { $($($text,)*)? $($field,)* extra }
            }
        }
    };
}

prop_compose! {
    fn meta()(
        texts in vec(of(text()), 12),
        extra in extra(&["key", "language", "name", "loginUrl"]),
    ) -> CustomerMeta {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        CustomerMeta {
            key: next(),
            language: next(),
            login_url: next(),
            logo_url: next(),
            my_account_url: next(),
            contact_us_url: next(),
            privacy_policy_url: next(),
            termsof_purchase_url: next(),
            legal_policies_url: next(),
            name: next(),
            support_contact_number: next(),
            support_email_address: next(),
            extra,
        }
    }
}

record!(preference: MarketingPreference {
    consent: of(any::<bool>()),
    consented_at: of(timestamp()),
    revoked_at: of(timestamp()),
} text market; known ["market", "consent", "consentedAt", "revokedAt"]);

record!(migrated: MigratedCustomerInfo {
    created_at: of(timestamp()),
    last_modified_at: of(timestamp()),
} text id, system; known ["id", "system", "createdAt", "lastModifiedAt"]);

record!(contact: ContactInfo {} text email, mobile; known ["email", "mobile"]);

record!(actor: Actor {
    user_type: of(select(UserType::VALUES)),
} text email; known ["email", "userType"]);

record!(address: Address {}
    text city, country, line1, line2, line3, name, postcode, region;
    known ["city", "country", "line1", "name", "region"]);

record!(company: CompanyDetails {
    registered_address: of(raw_json()),
} text name; known ["name", "registeredAddress"]);

record!(store_contact: StoreContactInfo {} text phone, email; known ["phone", "email"]);

record!(coordinates: Coordinates {} text latitude, longitude; known ["latitude", "longitude"]);

record!(store: AftercareStore {
    address: of(address().boxed()),
    company_details: of(company().boxed()),
    contact_info: of(store_contact().boxed()),
    coordinates: of(coordinates().boxed()),
    line_of_business: of(select(LineOfBusiness::VALUES)),
} text name; known ["address", "contactInfo", "coordinates", "name"]);

prop_compose! {
    fn customer()(
        (id, title, first_name, middle_name, last_name) in
            (of(text()), of(text()), of(text()), of(text()), of(text())),
        (date_of_birth, cpr_number, personnummer) in (of(text()), of(text()), of(text())),
        gender in of(select(Gender::VALUES)),
        marketing_preference in of(vec(preference().boxed(), 0..3)),
        migrated_customer_info in of(vec(migrated().boxed(), 0..3)),
        contact_info in of(contact().boxed()),
        (created_at, created_by) in (of(text()), of(actor().boxed())),
        (last_modified_at, last_modified_by) in (of(text()), of(actor().boxed())),
        extra in extra(&["id", "title", "gender", "personnummer"]),
    ) -> Customer {
        Customer {
            id,
            title,
            first_name,
            middle_name,
            last_name,
            date_of_birth,
            gender,
            marketing_preference,
            contact_info,
            cpr_number,
            personnummer,
            created_at,
            created_by,
            last_modified_at,
            last_modified_by,
            migrated_customer_info,
            extra,
        }
    }
}

record!(data: CustomerCreatedData {
    meta: of(meta().boxed()),
    customer: of(customer().boxed()),
    aftercare_store: of(store().boxed()),
}; known ["__meta", "customer", "aftercareStore"]);

const ENVELOPE: [&str; 9] = [
    "id",
    "specversion",
    "env",
    "type",
    "correlationid",
    "subject",
    "market",
    "datacontenttype",
    "data",
];

record!(customer_created: CustomerCreated {
    env: of(select(Environment::VALUES)),
    r#type: Just(CustomerCreatedType::ComSpecsaversCustomerCreated),
    data: of(data()),
} text id, specversion, correlationid, subject, market, datacontenttype; known ENVELOPE);

/// A message that carries the envelope and any data.
macro_rules! open {
    ($($name:ident: $record:ident;)*) => {
        $(record!($name: $record {
            env: of(select(Environment::VALUES)),
            data: of(raw_object()),
        } text id, specversion, r#type, correlationid, subject, market, datacontenttype; known ENVELOPE);)*
    };
}

open! {
    customer_updated: CustomerUpdated;
    customer_wallet_updated: CustomerWalletUpdated;
    password_reset: PasswordReset;
    otp_code: OtpCode;
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn customer_created_event(event in customer_created()) {
        there_and_back(&event)?;
        let info = event.data.as_ref().and_then(|data| data.customer.as_ref());
        let info = info.and_then(|customer| customer.migrated_customer_info.as_deref());
        prop_assert_eq!(event.migrated_from(), info.unwrap_or_default());
    }

    #[test]
    fn customer_updated_event(event in customer_updated()) {
        there_and_back(&event)?;
    }

    #[test]
    fn customer_wallet_updated_event(event in customer_wallet_updated()) {
        there_and_back(&event)?;
    }

    #[test]
    fn password_reset_event(event in password_reset()) {
        there_and_back(&event)?;
    }

    #[test]
    fn otp_code_event(event in otp_code()) {
        there_and_back(&event)?;
    }
}

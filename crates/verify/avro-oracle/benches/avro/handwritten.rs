//! The Boost event, decoded and encoded by hand: what a careful engineer writes for this one schema.
//!
//! It checks what must be checked: bounds, integers that do not end or do not fit, UTF-8, branches,
//! trailing bytes. It knows neither where in the datum something was wrong nor what it was called.

#[derive(Debug, PartialEq)]
pub(crate) enum Event {
    Cancelled(MeterStep),
    Completed(Step),
    RollBackInitiated(Step),
    RolledBack(Step),
    Scheduled(Scheduled),
    Validated(Step),
    BalanceRetrieved(MeterStep),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) event_id: String,
    pub(crate) trace_token: String,
    pub(crate) created_at: i64,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) metadata: Metadata,
    pub(crate) enrollment_id: String,
    pub(crate) account_id: String,
    pub(crate) effective_enrollment_date: i32,
    pub(crate) at: i64,
}

#[derive(Debug, PartialEq)]
pub(crate) struct MeterStep {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    mpan: String,
    effective_enrollment_date: i32,
    at: i64,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Scheduled {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    mpan: String,
    supply_start_date: i32,
    effective_enrollment_date: i32,
    scheduled_at: i64,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Invalid {
    End,
    Integer,
    Length,
    Utf8,
    Branch,
    Trailing,
}

type Result<T> = std::result::Result<T, Invalid>;

pub(crate) fn decode(mut input: &[u8]) -> Result<Event> {
    let input = &mut input;
    let event = match long(input)? {
        0 => Event::Cancelled(meter_step(input)?),
        1 => Event::Completed(step(input)?),
        2 => Event::RollBackInitiated(step(input)?),
        3 => Event::RolledBack(step(input)?),
        4 => Event::Scheduled(scheduled(input)?),
        5 => Event::Validated(step(input)?),
        6 => Event::BalanceRetrieved(meter_step(input)?),
        _ => return Err(Invalid::Branch),
    };
    if input.is_empty() { Ok(event) } else { Err(Invalid::Trailing) }
}

fn metadata(input: &mut &[u8]) -> Result<Metadata> {
    Ok(Metadata { event_id: string(input)?, trace_token: string(input)?, created_at: long(input)? })
}

fn step(input: &mut &[u8]) -> Result<Step> {
    Ok(Step {
        metadata: metadata(input)?,
        enrollment_id: string(input)?,
        account_id: string(input)?,
        effective_enrollment_date: int(input)?,
        at: long(input)?,
    })
}

fn meter_step(input: &mut &[u8]) -> Result<MeterStep> {
    Ok(MeterStep {
        metadata: metadata(input)?,
        enrollment_id: string(input)?,
        account_id: string(input)?,
        mpan: string(input)?,
        effective_enrollment_date: int(input)?,
        at: long(input)?,
    })
}

fn scheduled(input: &mut &[u8]) -> Result<Scheduled> {
    Ok(Scheduled {
        metadata: metadata(input)?,
        enrollment_id: string(input)?,
        account_id: string(input)?,
        mpan: string(input)?,
        supply_start_date: int(input)?,
        effective_enrollment_date: int(input)?,
        scheduled_at: long(input)?,
    })
}

#[inline]
fn long(input: &mut &[u8]) -> Result<i64> {
    let mut value = 0;
    for (index, &byte) in input.iter().take(10).enumerate() {
        if index == 9 && byte > 1 {
            return Err(Invalid::Integer);
        }
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            *input = &input[index + 1..];
            return Ok((value >> 1) as i64 ^ -((value & 1) as i64));
        }
    }
    Err(Invalid::End)
}

#[inline]
fn int(input: &mut &[u8]) -> Result<i32> {
    i32::try_from(long(input)?).map_err(|_| Invalid::Integer)
}

#[inline]
fn string(input: &mut &[u8]) -> Result<String> {
    let len = usize::try_from(long(input)?).map_err(|_| Invalid::Length)?;
    let (bytes, rest) = input.split_at_checked(len).ok_or(Invalid::End)?;
    *input = rest;
    str::from_utf8(bytes).map(str::to_owned).map_err(|_| Invalid::Utf8)
}

pub(crate) fn encode(event: &Event) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    match event {
        Event::Cancelled(step) => put_meter_step(0, step, &mut out),
        Event::Completed(step) => put_step(1, step, &mut out),
        Event::RollBackInitiated(step) => put_step(2, step, &mut out),
        Event::RolledBack(step) => put_step(3, step, &mut out),
        Event::Scheduled(event) => {
            put_head(4, &event.metadata, &event.enrollment_id, &event.account_id, &mut out);
            put_string(&event.mpan, &mut out);
            put_long(event.supply_start_date.into(), &mut out);
            put_long(event.effective_enrollment_date.into(), &mut out);
            put_long(event.scheduled_at, &mut out);
        }
        Event::Validated(step) => put_step(5, step, &mut out),
        Event::BalanceRetrieved(step) => put_meter_step(6, step, &mut out),
    }
    out
}

fn put_head(branch: i64, metadata: &Metadata, enrollment: &str, account: &str, out: &mut Vec<u8>) {
    put_long(branch, out);
    put_string(&metadata.event_id, out);
    put_string(&metadata.trace_token, out);
    put_long(metadata.created_at, out);
    put_string(enrollment, out);
    put_string(account, out);
}

fn put_step(branch: i64, step: &Step, out: &mut Vec<u8>) {
    put_head(branch, &step.metadata, &step.enrollment_id, &step.account_id, out);
    put_long(step.effective_enrollment_date.into(), out);
    put_long(step.at, out);
}

fn put_meter_step(branch: i64, step: &MeterStep, out: &mut Vec<u8>) {
    put_head(branch, &step.metadata, &step.enrollment_id, &step.account_id, out);
    put_string(&step.mpan, out);
    put_long(step.effective_enrollment_date.into(), out);
    put_long(step.at, out);
}

#[inline]
fn put_long(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

#[inline]
fn put_string(text: &str, out: &mut Vec<u8>) {
    put_long(text.len() as i64, out);
    out.extend_from_slice(text.as_bytes());
}

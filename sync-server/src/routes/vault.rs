use crate::access::{Person, signed_by};
use crate::clock::now_us;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use crate::storage::control::{self, VaultRow};
use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sync_protocol::limits::{DIRECTORY_BYTES_MAX, NAME_CHARACTERS_MAX, VAULT_SLOTS_MAX};
use sync_protocol::{DeviceRecord, ErrorCode, Slot, VaultState, VaultUpdate};

/// Bytes of one slot; the largest kind is below 300.
const SLOT_BYTES_MAX: usize = 4 * 1024;
/// A vault's number is kept as a bigint.
const NUMBER_MAX: u64 = i64::MAX.cast_unsigned();
/// Devices of one person, retired ones included.
const DEVICES_MAX: usize = 200;

/// The person's own slots, directory and devices.
pub(super) async fn read(State(state): State<AppState>, person: Person) -> Result<Json<VaultState>, Failure> {
    stored(&state, &person).await.map(Json)
}

/// Replaces the vault when nobody else did since, and a key of the person signed the new one.
pub(super) async fn replace(
    State(state): State<AppState>,
    person: Person,
    Posted(update): Posted<VaultUpdate>,
) -> Result<Json<VaultState>, Failure> {
    check_shape(&update)?;
    check_signature(&state, &person, &update).await?;
    let unreadable = |error| Failure::internal("vault", error);
    let vault = VaultRow {
        number: update.expected + 1,
        slots: serde_json::to_string(&update.slots).map_err(unreadable)?,
        directory: update.directory,
        devices: serde_json::to_string(&update.devices).map_err(unreadable)?,
    };
    if !control::replace_vault(&state.control, person.placement.tenant, person.user, &vault, now_us()).await? {
        return Err(Failure::new(
            ErrorCode::VaultChanged,
            "Another device changed the keys' list first. The device reads it again and repeats the change.",
        ));
    }
    stored(&state, &person).await.map(Json)
}

async fn stored(state: &AppState, person: &Person) -> Result<VaultState, Failure> {
    let Some(row) = control::vault(&state.control, person.placement.tenant, person.user).await? else {
        return Ok(VaultState::default());
    };
    let unreadable = |error| Failure::internal("stored vault", error);
    Ok(VaultState {
        number: row.number,
        slots: serde_json::from_str(&row.slots).map_err(unreadable)?,
        directory: row.directory,
        devices: serde_json::from_str(&row.devices).map_err(unreadable)?,
    })
}

async fn check_signature(state: &AppState, person: &Person, update: &VaultUpdate) -> Result<(), Failure> {
    let refused = || {
        Failure::new(
            ErrorCode::Forbidden,
            "This change of the keys' list is not signed by a key of this person. Sign in with the password first.",
        )
    };
    let signer = hex::decode(&update.signer).map_err(|_| refused())?;
    let login_key = control::login_key(&state.control, person.placement.tenant, person.user).await?;
    let known = login_key.as_ref() == Some(&signer) || is_registered(&stored(state, person).await?, &signer);
    let message = update.message(&person.placement.name, &person.user_name);
    if known && signed_by(&signer, &message, &update.signature) { Ok(()) } else { Err(refused()) }
}

fn is_registered(vault: &VaultState, key: &[u8]) -> bool {
    vault.devices.iter().any(|device| hex::decode(&device.recorder_key).is_ok_and(|known| known == key))
}

/// Sizes and forms; what the bytes mean is no business of the server.
fn check_shape(update: &VaultUpdate) -> Result<(), Failure> {
    let slots = update.slots.len() <= VAULT_SLOTS_MAX && update.slots.iter().all(is_slot);
    let directory = update.directory.len() <= DIRECTORY_BYTES_MAX && BASE64.decode(&update.directory).is_ok();
    let devices = update.devices.len() <= DEVICES_MAX && update.devices.iter().all(is_device);
    if slots && directory && devices && update.expected < NUMBER_MAX {
        return Ok(());
    }
    Err(Failure::bad_request("The keys' list has a wrong form or is too large. Update Daybook."))
}

fn is_slot(slot: &Slot) -> bool {
    matches!(slot.kind.as_str(), "password" | "recovery")
        && slot.body.len() <= SLOT_BYTES_MAX
        && BASE64.decode(&slot.body).is_ok()
}

fn is_device(device: &DeviceRecord) -> bool {
    let mut key = [0; 32];
    device.name.chars().count() <= NAME_CHARACTERS_MAX && hex::decode_to_slice(&device.recorder_key, &mut key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update() -> VaultUpdate {
        VaultUpdate {
            expected: 0,
            slots: vec![Slot { kind: "password".into(), body: "AAAA".into() }],
            directory: "AAAA".into(),
            devices: vec![DeviceRecord { id: uuid::Uuid::nil(), name: "laptop".into(), recorder_key: "00".repeat(32) }],
            signature: String::new(),
            signer: String::new(),
        }
    }

    #[test]
    fn a_vault_of_another_form_is_refused() {
        assert!(check_shape(&update()).is_ok());
        let wrong: [fn(&mut VaultUpdate); 6] = [
            |update| update.slots[0].kind = "device".into(),
            |update| update.slots[0].body = "not base64".into(),
            |update| update.slots = vec![update.slots[0].clone(); VAULT_SLOTS_MAX + 1],
            |update| update.directory = "A".repeat(DIRECTORY_BYTES_MAX + 4),
            |update| update.devices[0].recorder_key = "00".into(),
            |update| update.devices[0].name = "x".repeat(NAME_CHARACTERS_MAX + 1),
        ];
        for change in wrong {
            let mut update = update();
            change(&mut update);
            assert!(check_shape(&update).is_err());
        }
    }
}

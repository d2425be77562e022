use super::home::{Home, MINUTE, NOW};
use super::recording::{record, unlock, window};
use store::{NewSegment, SegmentKey};
use sync_protocol::SegmentIndexRow;

#[test]
fn a_home_that_lost_its_key_continues_its_device_under_a_new_id_and_sends_nothing_before_a_sign_in() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "before")]);
    home.device.close_past_hours().unwrap();
    assert_eq!(home.device.sendable_segments().unwrap().len(), 1);
    let before = home.device.kept_account().unwrap().device;
    home.device.store().forget_setting("recorder_key").unwrap();

    record(&home.device, &[window(NOW + MINUTE, NOW + 2 * MINUTE, "after")]);
    let account = home.device.kept_account().unwrap();
    let newcomers = home.device.newcomers().unwrap();
    assert_eq!((newcomers.len(), newcomers[0].id, newcomers[0].continues), (1, account.device, Some(before)));
    assert_ne!(account.device, before);
    assert!(home.device.sendable_segments().unwrap().is_empty());
    let seen = home.device.signals(None, None).unwrap();
    assert_eq!(seen.iter().map(|stretch| stretch.title.as_deref()).collect::<Vec<_>>(), [Some("before")]);
    let said = home.device.notices();
    assert!(said.len() == 1 && said[0].contains("sign in again on this computer"), "{said:?}");
}

#[test]
fn what_clashes_with_the_servers_is_sealed_again_and_what_came_of_the_twin_meanwhile_is_kept() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "of the copy")]);
    home.device.close_past_hours().unwrap();
    let own = home.device.kept_account().unwrap().device;
    let there = SegmentIndexRow { device: own, no: 1, size: 3, sha256: "ab".repeat(32), seq: 2 };
    home.device.seal_again(own, vec![there]).unwrap();
    let unsent = home.device.sendable_segments().unwrap();
    assert_eq!(unsent.iter().map(|segment| (segment.device, segment.no)).collect::<Vec<_>>(), [(own, 2)]);
    assert_eq!(home.device.store().wanted_segments().unwrap().len(), 1);
    let seen = home.device.signals(None, None).unwrap();
    assert_eq!(seen[0].title.as_deref(), Some("of the copy"));
}

#[test]
fn what_cannot_be_opened_here_is_not_sent() {
    let home = Home::new(false);
    unlock(&home.device);
    let device = home.device.kept_account().unwrap().device;
    let (hour, sha256, bytes) = (NOW / (60 * MINUTE), "ab".repeat(32), b"bad".to_vec());
    home.device.store().close_hours(&NewSegment { device, no: 1, hour, sha256, bytes }, &[]).unwrap();
    assert_eq!(home.device.sendable_segments().unwrap().len(), 1);
    assert!(home.device.signals(None, None).unwrap().is_empty());
    assert!(home.device.sendable_segments().unwrap().is_empty());
    assert!(home.device.store().segment(SegmentKey { device, no: 1 }).unwrap().is_some(), "it stays here");
}

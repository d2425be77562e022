/// The header that carries a device's signature over [`device_message`], hexadecimal.
pub const DEVICE_SIGNATURE_HEADER: &str = "device-signature";

/// The bytes that a device signs, with the key that its session is bound to, when it asks for sealed things (vault,
/// segments): a label, then every field with its length before it. A token alone opens none of them. `method` in capitals,
/// `path` as in the request line, `body` as it is before compression.
pub fn device_message(token: &str, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let mut message = crate::login::Message::new("daybook device request 1");
    message.field(token.as_bytes()).field(method.as_bytes()).field(path.as_bytes()).field(body);
    message.finish()
}

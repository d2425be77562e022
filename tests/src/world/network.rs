use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The cable of one device: a port of this machine that leads to the server, until it is cut. It also keeps what
/// went through, for the tests that look for a secret on the wire.
#[derive(Clone)]
pub struct Network {
    address: SocketAddr,
    cable: Arc<Mutex<Cable>>,
}

#[derive(Default)]
struct Cable {
    cut: bool,
    cuts_at: Option<Vec<u8>>,
    connections: Vec<TcpStream>,
    sent: Vec<u8>,
}

impl Network {
    pub fn to(server: SocketAddr) -> Network {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        let cable = Arc::new(Mutex::new(Cable::default()));
        let shared = cable.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                forward(connection, server, &shared);
            }
        });
        Network { address, cable }
    }

    /// What the device dials.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on connections are refused, and those that stand are broken.
    pub fn cut(&self) {
        let mut cable = self.lock();
        cable.cut = true;
        for connection in cable.connections.drain(..) {
            drop(connection.shutdown(Shutdown::Both));
        }
    }

    /// As [`Network::cut`], at the moment when the device sends these words: they do not arrive.
    pub fn cut_at(&self, words: &str) {
        self.lock().cuts_at = Some(words.as_bytes().to_vec());
    }

    pub fn restore(&self) {
        let mut cable = self.lock();
        (cable.cut, cable.cuts_at) = (false, None);
    }

    /// Every byte that the device sent so far.
    pub fn sent(&self) -> Vec<u8> {
        self.lock().sent.clone()
    }

    fn lets_pass(&self, bytes: &[u8]) -> bool {
        let mut cable = self.lock();
        let ends = |words: &Vec<u8>| bytes.windows(words.len()).any(|window| window == words.as_slice());
        if cable.cuts_at.as_ref().is_some_and(ends) {
            drop(cable);
            self.cut();
            return false;
        }
        cable.sent.extend_from_slice(bytes);
        true
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cable> {
        self.cable.lock().expect("no connection's thread failed")
    }
}

fn forward(device: TcpStream, server: SocketAddr, cable: &Arc<Mutex<Cable>>) {
    let mut shared = cable.lock().expect("no connection's thread failed");
    let Ok(upstream) = TcpStream::connect(server) else { return };
    if shared.cut {
        return;
    }
    let (Ok(device_reader), Ok(upstream_reader)) = (device.try_clone(), upstream.try_clone()) else { return };
    shared.connections.extend([device.try_clone(), upstream.try_clone()].into_iter().flatten());
    let network = Network { address: server, cable: cable.clone() };
    std::thread::spawn(move || copy(device_reader, upstream, |bytes| network.lets_pass(bytes)));
    std::thread::spawn(move || copy(upstream_reader, device, |_| true));
}

/// `passes` says of each piece whether it is handed on; one that is not ends the connection.
fn copy(mut from: TcpStream, mut to: TcpStream, mut passes: impl FnMut(&[u8]) -> bool) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut buffer) {
        let bytes = &buffer[..length];
        if bytes.is_empty() || !passes(bytes) || to.write_all(bytes).is_err() {
            break;
        }
    }
    drop(to.shutdown(Shutdown::Both));
    drop(from.shutdown(Shutdown::Both));
}

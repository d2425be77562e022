use super::{Bus, Device, Display, program};
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long the window may take to show something; a slow machine under load stays far below.
const SHOWN_MAX: Duration = Duration::from_secs(120);

/// The real application window of a device, on a virtual display, driven by WebDriver.
pub struct Window {
    client: Client,
    runtime: Runtime,
    /// Ends with the window, and with it all that runs on it.
    display: Display,
    _bus: Bus,
}

impl Window {
    /// Opens the application on this device's home.
    pub fn open(device: &Device) -> Window {
        Window::of(&program("daybook-desktop"), &[], device.home())
    }

    /// Opens a program that shows a web view. It finds `home` in its environment, so that it can be told from others.
    pub fn of(program: &Path, arguments: &[&str], home: &Path) -> Window {
        let mut display = Display::new();
        let bus = Bus::on(&display);
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver.arg(format!("--port={port}")).env("DAYBOOK_HOME", home);
        driver.env("DBUS_SESSION_BUS_ADDRESS", bus.address());
        driver.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true").env("TZ", "Europe/Vienna");
        driver.env("LANG", "C.UTF-8").env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        display.runs(&mut driver);
        wait_for_port(port);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(connect(port, program, arguments));
        Window { client, runtime, display, _bus: bus }
    }

    /// Goes to another page.
    pub fn goes_to(&self, page: &str) {
        self.runtime.block_on(self.client.goto(page)).unwrap_or_else(|error| panic!("{page} cannot be shown: {error}"));
    }

    /// Waits until an element is there and shown.
    pub fn sees(&self, css: &str) -> Element {
        let found = self.runtime.block_on(self.client.wait().at_most(SHOWN_MAX).for_element(Locator::Css(css)));
        found.unwrap_or_else(|error| panic!("{css} is not shown: {error}\n{}", self.source()))
    }

    /// Waits until this text is somewhere on the page.
    pub fn says(&self, text: &str) {
        let path = format!("//*[contains(text(), '{text}')]");
        let found = self.runtime.block_on(self.client.wait().at_most(SHOWN_MAX).for_element(Locator::XPath(&path)));
        if let Err(error) = found {
            panic!("'{text}' is not said: {error}\n{}", self.source());
        }
    }

    pub fn clicks(&self, css: &str) {
        self.clicks_on(Locator::Css(css), css);
    }

    /// Clicks the button that has this text.
    pub fn clicks_text(&self, text: &str) {
        let path = format!("//button[contains(normalize-space(.), '{text}')]");
        self.clicks_on(Locator::XPath(&path), text);
    }

    /// What is drawn anew between finding and clicking is found again.
    fn clicks_on(&self, locator: Locator<'_>, what: &str) {
        let clicked = self.runtime.block_on(async {
            tokio::time::timeout(SHOWN_MAX, async {
                loop {
                    if let Ok(element) = self.client.find(locator).await
                        && element.click().await.is_ok()
                    {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            })
            .await
        });
        assert!(clicked.is_ok(), "'{what}' cannot be clicked\n{}", self.source());
    }

    pub fn types(&self, css: &str, text: &str) {
        let element = self.sees(css);
        let typed = self.runtime.block_on(async {
            element.clear().await?;
            element.send_keys(text).await
        });
        typed.unwrap_or_else(|error| panic!("{css} takes no text: {error}"));
    }

    pub fn chooses(&self, css: &str, label: &str) {
        let path = format!("//option[normalize-space(text()) = '{label}']");
        self.runtime
            .block_on(self.client.wait().at_most(SHOWN_MAX).for_element(Locator::XPath(&path)))
            .unwrap_or_else(|error| panic!("no choice {label}: {error}\n{}", self.source()));
        let element = self.sees(css);
        self.runtime.block_on(element.select_by_label(label)).unwrap_or_else(|error| panic!("{label}: {error}"));
    }

    /// Gives a field of date or time its value, which its keys would write in the system's way.
    pub fn fills(&self, css: &str, value: &str) {
        self.sees(css);
        self.computes(&format!(
            "const field = document.querySelector({});
             field.value = '{value}';
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
            json!(css)
        ));
    }

    /// Types into a picker and takes the choice with this label.
    pub fn picks(&self, css: &str, text: &str, label: &str) {
        self.types(css, text);
        let path = format!("//li[@role='option'][normalize-space(.) = '{label}']");
        self.clicks_on(Locator::XPath(&path), label);
    }

    /// Presses a key (its WebDriver character) in the element that has the focus.
    pub fn presses(&self, key: &str) {
        let keys = self.runtime.block_on(async { self.client.active_element().await?.send_keys(key).await });
        keys.unwrap_or_else(|error| panic!("{key:?} cannot be pressed: {error}"));
    }

    /// Waits until no such element is there.
    pub fn loses(&self, css: &str) {
        self.waits_until(&format!("!document.querySelector({})", json!(css)));
    }

    /// The place of a time in the week's calendar, scrolled into sight: `ec-mon` to `ec-sun`, hours after midnight.
    pub fn place_of_time(&self, day: &str, hours: f64) -> (f64, f64) {
        let column = format!(".ec-grid .ec-day.{day}");
        self.sees(&column);
        // The calendar scrolls to the morning once, with the first week.
        self.waits_until("performance.getEntriesByName('week-painted').length > 0");
        let place = self.computes(&format!(
            "const main = document.querySelector('.ec-main');
             const day = document.querySelector('{column}');
             const hour = document.querySelector('.ec-body .ec-grid').getBoundingClientRect().height / 24;
             main.scrollTop = ({hours} - 2) * hour;
             const box = day.getBoundingClientRect();
             return [box.left + box.width / 2, box.top + {hours} * hour];"
        ));
        (place[0].as_f64().expect("x"), place[1].as_f64().expect("y"))
    }

    /// The display that the window is on.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Presses the mouse at one point of the window, moves to another and lets go; CSS pixels.
    pub fn drags(&self, from: (f64, f64), to: (f64, f64)) {
        let step = Some(Duration::from_millis(80));
        let at = |(x, y): (f64, f64)| PointerAction::MoveTo { duration: step, x, y };
        let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let button = fantoccini::actions::MOUSE_BUTTON_LEFT;
        let mouse = MouseActions::new("mouse".into())
            .then(at(from))
            .then(PointerAction::Down { button })
            .then(at(half))
            .then(at(to))
            // What follows the mouse has to see it there before the button goes up.
            .then(at(to))
            .then(PointerAction::Pause { duration: Duration::from_millis(200) })
            .then(PointerAction::Up { button });
        self.runtime.block_on(self.client.perform_actions(mouse)).expect("the mouse moves");
    }

    /// Left, top, width and height of an element, in CSS pixels of the window.
    pub fn place_of(&self, css: &str) -> (f64, f64, f64, f64) {
        let element = self.sees(css);
        self.runtime.block_on(element.rectangle()).expect("an element has a place")
    }

    /// The value of an expression in the page.
    pub fn computes(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).expect("the script runs")
    }

    /// Waits until the expression is true.
    pub fn waits_until(&self, condition: &str) {
        let script = format!("return Boolean({condition})");
        let waited = self.runtime.block_on(async {
            tokio::time::timeout(SHOWN_MAX, async {
                while self.client.execute(&script, Vec::new()).await.is_ok_and(|value| value != json!(true)) {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            })
            .await
        });
        assert!(waited.is_ok(), "never true: {condition}\n{}", self.source());
    }

    /// PNG of what the window shows.
    pub fn picture(&self) -> Vec<u8> {
        self.runtime.block_on(self.client.screenshot()).expect("the window can be pictured")
    }

    fn source(&self) -> String {
        self.runtime.block_on(self.client.source()).unwrap_or_default()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        drop(self.runtime.block_on(self.client.clone().close()));
    }
}

async fn connect(port: u16, program: &Path, arguments: &[&str]) -> Client {
    let options = json!({ "webkitgtk:browserOptions": { "binary": program, "args": arguments } });
    let capabilities = options.as_object().expect("an object").clone();
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    builder.connect(&format!("http://127.0.0.1:{port}")).await.expect("the window opens")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound port has an address").port()
}

fn wait_for_port(port: u16) {
    let until = std::time::Instant::now() + SHOWN_MAX;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(std::time::Instant::now() < until, "WebKitWebDriver does not answer");
        std::thread::sleep(Duration::from_millis(50));
    }
}

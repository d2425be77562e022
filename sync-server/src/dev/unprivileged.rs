//! Postgres refuses to run as root, so root starts it as somebody else.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// Whom Postgres runs as: none when this process is not root and runs it itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner(Option<Account>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Account {
    uid: u32,
    gid: u32,
}

/// Root opens the folder and hands it over, because the way to it may be closed for the owner: temporary folders and
/// root's home are.
const HAND_OVER: &str = r#"exec 9<"$0" && exec "$@""#;
const HANDED_OVER: &str = "/proc/self/fd/9";

impl Owner {
    /// `postgres` when the machine has it, else `nobody`; whoever this process is when it is not root.
    pub(super) fn choose() -> io::Result<Self> {
        if fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(Owner(None));
        }
        let accounts = fs::read_to_string("/etc/passwd")?;
        let account = find(&accounts, "postgres").or_else(|| find(&accounts, "nobody"));
        let missing = || io::Error::other("there is no account `postgres` or `nobody` to run Postgres as");
        Ok(Owner(Some(account.ok_or_else(missing)?)))
    }

    /// A folder that belongs to the owner alone.
    pub(super) fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        match &self.0 {
            Some(account) => chown(folder, Some(account.uid), Some(account.gid)),
            None => Ok(()),
        }
    }

    /// What a program that [`Owner::command`] starts calls the folder that was given to it.
    pub(super) fn name_of(&self, folder: &Path) -> PathBuf {
        if self.0.is_some() { PathBuf::from(HANDED_OVER) } else { folder.to_owned() }
    }

    /// `program` as the owner, in `folder`. When this process dies without a word the kernel interrupts it, which is
    /// Postgres' order to stop at once and cleanly.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match &self.0 {
            None => Command::new("setpriv"),
            Some(account) => {
                let mut command = Command::new("sh");
                command.arg("-c").arg(HAND_OVER).arg(folder).arg("setpriv").arg("--clear-groups");
                command.arg(format!("--reuid={}", account.uid)).arg(format!("--regid={}", account.gid));
                command
            }
        };
        command.args(["--pdeathsig", "INT"]).arg(program);
        command.current_dir(folder).env("HOME", folder).env("LC_ALL", "C").stdin(std::process::Stdio::null());
        command
    }
}

fn find(accounts: &str, name: &str) -> Option<Account> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some(Account { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts =
            "root:x:0:0:root:/root:/bin/bash\npostgres2:x:9:9::/:\npostgres:x:115:123:admin:/var:/bin/bash\n";
        assert_eq!(find(accounts, "postgres"), Some(Account { uid: 115, gid: 123 }));
        assert_eq!(find(accounts, "nobody"), None);
    }
}

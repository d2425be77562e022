//! Postgres refuses to run as root, so root starts it as somebody else.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use tokio::process::Command;

/// Whom Postgres runs as: none when this process is not root and runs it itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner(Option<Account>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Account {
    uid: u32,
    gid: u32,
}

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

    /// Lets the owner pass through `folder` (not list it), which a temporary folder of root forbids.
    pub(super) fn let_pass(&self, folder: &Path) -> io::Result<()> {
        if self.0.is_none() {
            return Ok(());
        }
        let mode = fs::metadata(folder)?.permissions().mode();
        fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o011))
    }

    /// `program` as the owner, in `folder`. When this process dies without a word the kernel interrupts it, which is
    /// Postgres' order to stop at once and cleanly.
    pub(super) fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = Command::new("setpriv");
        if let Some(account) = &self.0 {
            command.arg(format!("--reuid={}", account.uid)).arg(format!("--regid={}", account.gid));
            command.arg("--clear-groups");
        }
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

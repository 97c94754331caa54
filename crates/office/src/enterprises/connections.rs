//! Connections between enterprises, and what came of them.

use kernel::{Date, Permission};

use super::model::{Connection, ConnectionId, ConnectionKind, Partner, line, text};
use super::service::load;
use super::support::{NewEvent, told, withdrawal};
use super::{EnterprisesError, event_store};
use crate::db::Tx;
use crate::organization::EnterpriseId;
use crate::{Ctx, ledger, organization};

/// A connection that is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConnection {
    /// One of the two.
    pub enterprise: EnterpriseId,
    /// The other.
    pub partner: Partner,
    /// What it is about.
    pub kind: ConnectionKind,
    /// What was done.
    pub what: String,
    /// Clause, unit, day.
    pub event: NewEvent,
}

/// Records a connection.
///
/// # Errors
/// With itself, with nobody, of an entry that had ended by then, the same twice; as
/// [`super::support::give`].
pub async fn connect(ctx: &Ctx<'_>, new: &NewConnection) -> Result<ConnectionId, EnterprisesError> {
    ctx.may_in(Permission::ManageEnterprises, new.event.unit)?;
    let what = text("noi-dung-ket-noi", &new.what, "ghi đã kết nối việc gì")?;
    let mut tx = ctx.begin().await?;
    let record = new.event.record(ctx, &mut tx).await?;
    load(&mut tx, new.enterprise).await?.must_be_active(new.event.on)?;
    let partner = match &new.partner {
        Partner::Registered(id) if *id == new.enterprise => return Err(EnterprisesError::SelfConnection),
        Partner::Registered(id) => {
            load(&mut tx, *id).await?.must_be_active(new.event.on)?;
            Partner::Registered(*id)
        }
        Partner::Outside(name) => {
            let name = line("ben-kia", name)?;
            if name.is_empty() {
                let what = "chọn bên kia trong sổ bằng mã số thuế, hoặc ghi tên".to_owned();
                return Err(EnterprisesError::Missing { field: "ben-kia", what });
            }
            Partner::Outside(name)
        }
    };
    let connection = Connection {
        id: ConnectionId::new(),
        enterprise: new.enterprise,
        partner,
        kind: new.kind,
        what,
        outcome: None,
        record,
    };
    let earlier = event_store::connections_of(&mut tx, new.enterprise).await?;
    if let Some(same) = earlier.iter().find(|one| one.record.stands() && one.is_same(&connection)) {
        return Err(EnterprisesError::Recorded { on: same.record.on });
    }
    event_store::add_connection(&mut tx, &connection).await?;
    tell(ctx, &mut tx, &connection, "enterprise.connect").await?;
    tx.commit().await?;
    Ok(connection.id)
}

/// The partner that a tax code names, or by name somebody outside the register.
///
/// # Errors
/// A tax code that the register does not have.
pub async fn partner(ctx: &Ctx<'_>, tax_code: &str, name: &str) -> Result<Partner, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    if tax_code.trim().is_empty() {
        return Ok(Partner::Outside(name.to_owned()));
    }
    let mut tx = ctx.read().await?;
    let found = organization::queries::enterprise_by_tax_code(&mut tx, tax_code).await?;
    let what = "sổ không có mã số thuế này; để trống và ghi tên nếu bên kia ở ngoài sổ".to_owned();
    let missing = EnterprisesError::Missing { field: "ma-ben-kia", what };
    found.map(|one| Partner::Registered(one.id)).ok_or(missing)
}

/// Records what came of a connection.
///
/// # Errors
/// When it is settled or withdrawn, on a day that cannot be, without words, of a unit that is not the actor's;
/// [`crate::StoreError::Stale`].
pub async fn settle(
    ctx: &Ctx<'_>,
    (of, id, seen): (EnterpriseId, ConnectionId, i64),
    agreed: bool,
    on: Date,
    words: &str,
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let mut connection = own(ctx, &mut tx, of, id).await?;
    connection.settle(agreed, on, words, ctx.today())?;
    connection.record.version = seen;
    event_store::save_connection(&mut tx, &connection).await?;
    tell(ctx, &mut tx, &connection, "enterprise.settle_connection").await?;
    tx.commit().await?;
    Ok(())
}

/// Withdraws a connection that was recorded by mistake.
///
/// # Errors
/// As [`super::support::withdraw`].
pub async fn withdraw(
    ctx: &Ctx<'_>,
    of: EnterpriseId,
    id: ConnectionId,
    seen: i64,
    why: &str,
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let mut connection = own(ctx, &mut tx, of, id).await?;
    connection.record.withdraw(withdrawal(ctx, why))?;
    connection.record.version = seen;
    event_store::save_connection(&mut tx, &connection).await?;
    tell(ctx, &mut tx, &connection, "enterprise.withdraw_connection").await?;
    tx.commit().await?;
    Ok(())
}

/// A connection of an entry, recorded for a unit of the actor.
async fn own(ctx: &Ctx<'_>, tx: &mut Tx, of: EnterpriseId, id: ConnectionId) -> Result<Connection, EnterprisesError> {
    let found = event_store::connections_of(tx, of).await?.into_iter().find(|one| one.id == id);
    let connection = found.ok_or(EnterprisesError::Unknown("kết nối này"))?;
    ctx.may_in(Permission::ManageEnterprises, connection.record.unit)?;
    Ok(connection)
}

async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, one: &Connection, action: &'static str) -> Result<(), EnterprisesError> {
    let entry = ctx.entry(action, "enterprise", one.enterprise).set("kind", one.kind.code());
    let entry = match &one.partner {
        Partner::Registered(partner) => entry.set("partner", *partner),
        Partner::Outside(_) => entry,
    };
    ledger::record(tx, told(entry.set("outcome", one.outcome_kind().code()), &one.record)).await?;
    Ok(())
}

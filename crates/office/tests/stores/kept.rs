//! What was worked out is kept until the record changes, whoever changes it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::Role;
use office::{Ctx, StoreError, organization};

/// How many units there are, and how often that was asked of the database.
async fn units(ctx: &Ctx<'_>, asked: &AtomicUsize) -> Arc<usize> {
    let count = async {
        asked.fetch_add(1, Ordering::Relaxed);
        let mut tx = ctx.read().await?;
        Ok::<_, StoreError>(organization::queries::units(&mut tx, ctx.today()).await?.len())
    };
    ctx.kept("units", count).await.expect("a number")
}

#[tokio::test]
async fn an_answer_is_kept_until_the_record_changes_for_each_who_asks() {
    for house in testkit::houses().await {
        let asked = AtomicUsize::new(0);
        let officer = house.account("canbo", Role::Officer, None).await;
        let head = house.account("truong", Role::Head, None).await;
        let (officer, head) = (house.as_actor(&officer), house.as_actor(&head));
        let before = units(&officer, &asked).await;
        assert!(Arc::ptr_eq(&before, &units(&officer, &asked).await), "{}: nothing changed", house.engine());
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        units(&head, &asked).await;
        assert_eq!(asked.load(Ordering::Relaxed), 2, "another actor is answered for himself");
        house.unit("moi", "Phòng Mới").await;
        assert_eq!(*units(&officer, &asked).await, *before + 1, "{}: a change is seen at once", house.engine());
        // Another program over the same database keeps for itself and sees the same changes.
        let neighbour = house.neighbour();
        let there = Ctx::new(&neighbour, officer.actor);
        assert_eq!(*units(&there, &asked).await, *before + 1);
        house.unit("moi2", "Phòng Mới nữa").await;
        assert_eq!(*units(&there, &asked).await, *before + 2);
    }
}

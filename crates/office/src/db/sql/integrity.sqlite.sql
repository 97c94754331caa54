select integrity_check as answer from pragma_integrity_check
union all
select 'bảng ' || "table" || ' trỏ tới dòng không có trong ' || "parent" from pragma_foreign_key_check

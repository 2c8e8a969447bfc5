update leaf set hash = (select hash from leaf where oid = 1), value = (select value from leaf where oid = 1)
where oid = (select max(oid) from leaf where kind = 0);

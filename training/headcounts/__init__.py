"""How many people stand where: by unit, and by cohort and unit; counted when somebody looks."""

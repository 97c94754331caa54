select other from relations where person = $1
union
select person as other from relations where other = $1

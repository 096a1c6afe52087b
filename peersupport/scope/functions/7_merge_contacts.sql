-- Two parts in one contact made one, with their notes, thanks and questions.

-- The database keeps what a note said before; what merging and undoing do to a note is no correction of it, and would
-- leave one pupil's words with the other.
create or replace function trace_forget(p_part bigint, p_after bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from visits_noterevision where participation_id = p_part and id > p_after and by_id = app_user_id()
$$;

-- The same person has thanked twice for what is one part now, or asked twice: one of each may stand open. The words of
-- both stay; a question that is answered, or else closed, keeps its answer beside it. True when theirs is in ours now.
create or replace function trace_like(p_merge bigint, p_ours visits_feedback, p_theirs visits_feedback) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare answered bigint; words text := concat_ws(' · ', nullif(p_ours.text, ''), nullif(p_theirs.text, ''));
begin
  if p_theirs.kind = 'question' then
    select feedback_id into answered from visits_feedbackanswer where feedback_id in (p_theirs.id, p_ours.id)
     order by feedback_id = p_theirs.id desc limit 1;
    if answered is not null or length(words) > 500 then
      perform trace_set(p_merge, 'visits_feedback', coalesce(answered, p_theirs.id)::text,
                        jsonb_build_object('closed_at', now(), 'closed_by_id', app_user_id()));
      return false;
    end if;
  end if;
  perform trace_set(p_merge, 'visits_feedback', p_ours.id::text, jsonb_build_object('text', left(words, 500)));
  perform trace_take(p_merge, 'visits_feedback', p_theirs.id::text);
  return true;
end $$;

-- Thanks and questions, and earlier texts, of a part that becomes one with another.
create or replace function trace_said(p_merge bigint, p_ours bigint, p_theirs bigint, p_kept bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare r record; f visits_feedback; ours visits_feedback; here jsonb := jsonb_build_object('participation_id', p_ours);
begin
  for r in select id from visits_noterevision where participation_id = p_theirs order by id loop
    perform trace_set(p_merge, 'visits_noterevision', r.id::text,
                      here || trace_values('visits_noterevision', 'student_id', p_kept));
  end loop;
  for f in select * from visits_feedback where participation_id = p_theirs order by id loop
    select * into ours from visits_feedback o where o.participation_id = p_ours and o.made_by_id = f.made_by_id
       and o.kind = f.kind and o.closed_at is null and f.closed_at is null;
    if ours.id is not null and trace_like(p_merge, ours, f) then continue; end if;
    perform trace_set(p_merge, 'visits_feedbackanswer', f.id::text,
                      trace_values('visits_feedbackanswer', 'student_id', p_kept));
    perform trace_set(p_merge, 'visits_feedback', f.id::text,
                      here || trace_values('visits_feedback', 'student_id', p_kept));
  end loop;
end $$;

-- Both took part in the same contact, which one writer has logged: met if either was, both notes, both next steps,
-- the purposes of either.
create or replace function trace_parts(p_merge bigint, p_kept bigint, p_absorbed bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare pair record; ours visits_contactnote; theirs visits_contactnote; last bigint;
begin
  for pair in select k.id as ours, a.id as theirs, k.outcome, k.next_step, a.outcome as their_outcome,
                     a.next_step as their_step, k.school_id,
                     k.purposes || array(select u.code from unnest(a.purposes) with ordinality u(code, place)
                                          where u.code <> all (k.purposes) order by u.place) as purposes,
                     k.local_purposes || array(select u.id from unnest(a.local_purposes) with ordinality u(id, place)
                                                where u.id <> all (k.local_purposes) order by u.place) as own_purposes
                from visits_participation a join visits_participation k on k.contact_id = a.contact_id
               where a.student_id = p_absorbed and k.student_id = p_kept order by a.id loop
    perform trace_set(p_merge, 'visits_participation', pair.ours::text, jsonb_build_object(
      'purposes', pair.purposes, 'local_purposes', pair.own_purposes,
      'outcome', case when pair.their_outcome = 'met' then 'met' else pair.outcome end,
      'next_step', case when pair.next_step = '' or pair.next_step = pair.their_step then pair.their_step
                        when pair.their_step = '' then pair.next_step
                        else left(pair.next_step || ' · ' || pair.their_step, 200) end));
    select coalesce(max(id), 0) into last from visits_noterevision;
    select * into ours from visits_contactnote where participation_id = pair.ours;
    select * into theirs from visits_contactnote where participation_id = pair.theirs;
    if theirs.participation_id is not null and ours.participation_id is not null then
      perform trace_set(p_merge, 'visits_contactnote', pair.ours::text, jsonb_build_object(
        'text', concat_ws(E'\n\n', nullif(ours.text, ''), nullif(theirs.text, '')),
        'pupils_words', left(concat_ws(' · ', nullif(ours.pupils_words, ''), nullif(theirs.pupils_words, '')), 300),
        'written_together', ours.written_together or theirs.written_together));
    elsif theirs.participation_id is not null then
      perform trace_insert('visits_contactnote', to_jsonb(theirs) || jsonb_build_object(
        'participation_id', pair.ours, 'student_id', p_kept, 'school_id', pair.school_id));
      perform trace_made(p_merge, 'visits_contactnote', pair.ours::text);
    end if;
    perform trace_take(p_merge, 'visits_contactnote', pair.theirs::text);
    perform trace_forget(pair.ours, last), trace_forget(pair.theirs, last);
    perform trace_said(p_merge, pair.ours, pair.theirs, p_kept);
    perform trace_take(p_merge, 'visits_participation', pair.theirs::text);
  end loop;
end $$;
